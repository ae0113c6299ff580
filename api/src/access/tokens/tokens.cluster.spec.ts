import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { V1Node, V1Pod } from '@kubernetes/client-node';
import { KubeClient } from '../../kube/kube-client.ts';
import { TestClock } from '../../testing/test-clock.ts';
import { TestNamespace } from '../../testing/test-namespace.ts';
import { reviewedMs, ReviewedTokens } from './reviewed-tokens.ts';
import { agentOf, operatorOf } from './service-accounts.ts';
import { agentAudience, operatorAudience } from './tokens.module.ts';

describe('tokens, reviewed by a real kube-apiserver', () => {
  const clock = new TestClock();
  let watched: TestNamespace;
  let foreign: TestNamespace;
  let node: V1Node;
  let agentPod: V1Pod;
  let agents: ReviewedTokens<ReturnType<typeof agentOf>>;
  let operators: ReviewedTokens<ReturnType<typeof operatorOf>>;

  beforeAll(async () => {
    watched = await TestNamespace.make('watched');
    foreign = await TestNamespace.make('foreign');
    const kube = new KubeClient(watched.name);
    const [first] = await kube.nodes();
    if (first === undefined) throw new Error('the cluster has no node');
    node = first;
    for (const namespace of [watched, foreign]) await namespace.serviceAccount('docksnap-agent');
    await watched.serviceAccount('docksnap-operator');
    await watched.serviceAccount('tenant');
    agentPod = await watched.pod('agent', 'docksnap-agent', node.metadata?.name ?? '');
    agents = new ReviewedTokens(kube, clock, agentAudience, (user) => agentOf(user, [watched.name]));
    operators = new ReviewedTokens(kube, clock, operatorAudience, (user) => operatorOf(user, watched.name));
  });
  afterAll(async () => {
    await watched.remove();
    await foreign.remove();
  });

  it("lets an agent's pod in, for the node that it runs on", async () => {
    const token = await watched.token('docksnap-agent', agentAudience, agentPod);
    expect(await agents.authenticate(token)).toEqual({
      kind: 'agent',
      nodeName: node.metadata?.name,
      nodeUid: node.metadata?.uid,
      podUid: agentPod.metadata?.uid,
    });
  });

  it('refuses the token of another ServiceAccount, whose audience is right, with 403', async () => {
    const pod = await watched.pod('tenant', 'tenant', node.metadata?.name ?? '');
    const token = await watched.token('tenant', agentAudience, pod);
    await expect(agents.authenticate(token)).rejects.toMatchObject({ status: 403, code: 'forbidden' });
  });

  it('refuses the namesake of a namespace that is not watched with 403', async () => {
    const pod = await foreign.pod('agent', 'docksnap-agent', node.metadata?.name ?? '');
    const token = await foreign.token('docksnap-agent', agentAudience, pod);
    await expect(agents.authenticate(token)).rejects.toMatchObject({ status: 403 });
  });

  it('refuses a token that is bound to no pod, and so to no node, with 403', async () => {
    const token = await watched.token('docksnap-agent', agentAudience);
    await expect(agents.authenticate(token)).rejects.toMatchObject({ status: 403 });
  });

  it.each(['docksnap-operator', 'https://kubernetes.default.svc.cluster.local'])(
    "refuses the agent's token of the audience %s with 401",
    async (audience) => {
      const token = await watched.token('docksnap-agent', audience, agentPod);
      await expect(agents.authenticate(token)).rejects.toMatchObject({ status: 401, code: 'unauthenticated' });
    },
  );

  it('refuses what is no token with 401', async () => {
    await expect(agents.authenticate('nonsense')).rejects.toMatchObject({ status: 401 });
  });

  it("lets the operator in, and refuses the agent's token of the operator's audience", async () => {
    const token = await watched.token('docksnap-operator', operatorAudience);
    expect(await operators.authenticate(token)).toEqual({ kind: 'operator' });
    const agentToken = await watched.token('docksnap-agent', operatorAudience, agentPod);
    await expect(operators.authenticate(agentToken)).rejects.toMatchObject({ status: 403 });
  });

  it('refuses the token of a pod that is gone, once its review is a minute old', async () => {
    const pod = await watched.pod('short-lived', 'docksnap-agent', node.metadata?.name ?? '');
    const token = await watched.token('docksnap-agent', agentAudience, pod);
    await agents.authenticate(token);
    await watched.core.deleteNamespacedPod({
      name: 'short-lived',
      namespace: watched.name,
      gracePeriodSeconds: 0,
    });
    // The kube-apiserver itself keeps what it found out of a token for 10 s.
    const again = async (): Promise<boolean> => {
      clock.advance(reviewedMs);
      return agents.authenticate(token).then(
        () => true,
        () => false,
      );
    };
    while (await again()) await wait(500);
    await expect(agents.authenticate(token)).rejects.toMatchObject({ status: 401 });
  }, 30_000);
});
