/**
 * The API for benches: `serve.ts <URI of the database>`. Prints one line of JSON when it can be asked, and runs until it
 * is ended. Tokens are reviewed, kept and believed as ever; only who answers the review stands in for Kubernetes: of the
 * token `agent-<node>` it says that it is that node's agent.
 */
import { AdminPassword } from '../../access/accounts/admin-password.ts';
import { ReviewedTokens } from '../../access/tokens/reviewed-tokens.ts';
import { agentOf } from '../../access/tokens/service-accounts.ts';
import { AgentTokens } from '../../access/tokens/tokens.ts';
import { agentAudience } from '../../access/tokens/tokens.module.ts';
import { SystemClock } from '../../clock.ts';
import { runningApi } from '../running-api.ts';

const password = 'bench-password';
const namespace = 'docksnap';

function reviewed(token: string) {
  const name = token.replace(/^agent-/, '');
  const extra = {
    'authentication.kubernetes.io/node-name': [name],
    'authentication.kubernetes.io/node-uid': [`${name}-uid`],
    'authentication.kubernetes.io/pod-uid': [`${name}-pod`],
  };
  const user = { username: `system:serviceaccount:${namespace}:docksnap-agent`, extra };
  return Promise.resolve({ authenticated: true, audiences: [agentAudience], user });
}

const tokens = new ReviewedTokens({ reviewToken: reviewed }, new SystemClock(), agentAudience, (user) =>
  agentOf(user, [namespace]),
);
const api = await runningApi({
  uri: process.argv[2] ?? '',
  overrides: [
    [AdminPassword, { first: async () => Promise.resolve(password) }],
    [AgentTokens, tokens],
  ],
});
process.stdout.write(`${JSON.stringify({ url: api.url, password })}\n`);
