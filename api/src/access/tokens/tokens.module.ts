import { Module } from '@nestjs/common';
import { Clock } from '../../clock.ts';
import { Config } from '../../config.ts';
import { Kube } from '../../kube/kube.ts';
import { Problem } from '../../problem/problem.ts';
import { ReviewedTokens } from './reviewed-tokens.ts';
import { agentOf, operatorOf } from './service-accounts.ts';
import { AgentTokens, OperatorTokens } from './tokens.ts';

export const agentAudience = 'docksnap-ingest';
export const operatorAudience = 'docksnap-operator';

/** Without Kubernetes nobody can say whose a token is. */
const refused = {
  authenticate: () =>
    Promise.reject(
      new Problem(401, 'unauthenticated', 'tokens cannot be reviewed here: this API runs without Kubernetes'),
    ),
};

@Module({
  providers: [
    {
      provide: AgentTokens,
      inject: [Kube, Clock, Config],
      useFactory: (kube: Kube | null, clock: Clock, { agentNamespaces }: Config): AgentTokens =>
        kube === null
          ? refused
          : new ReviewedTokens(kube, clock, agentAudience, (user) => agentOf(user, agentNamespaces)),
    },
    {
      provide: OperatorTokens,
      inject: [Kube, Clock, Config],
      useFactory: (kube: Kube | null, clock: Clock, { namespace }: Config): OperatorTokens =>
        kube === null
          ? refused
          : new ReviewedTokens(kube, clock, operatorAudience, (user) => operatorOf(user, namespace)),
    },
  ],
  exports: [AgentTokens, OperatorTokens],
})
export class TokensModule {}
