import * as z from 'zod';
import type { Cluster } from '../handle.ts';
import { nodeNames } from '../network.ts';
import { until } from './wait.ts';

const API_SERVER_TIMEOUT_MS = 60_000;
const NODES_TIMEOUT_MS = 120_000;
const ROLLOUT_TIMEOUT_MS = 240_000;

const Leases = z.object({
  items: z.array(z.object({ metadata: z.object({ name: z.string() }), spec: z.object({ renewTime: z.string() }) })),
});
const Nodes = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      status: z.object({ conditions: z.array(z.object({ type: z.string(), status: z.string() })) }),
    }),
  ),
});

/** Waits until the API server answers that it is ready. */
export async function waitForApiServer(cluster: Cluster): Promise<void> {
  await until({ complaint: 'the API server was not ready', timeoutMs: API_SERVER_TIMEOUT_MS }, async () => {
    await cluster.kubectl(['get', '--raw', '/readyz'], { timeoutMs: 10_000 });
    return undefined;
  });
}

/** Waits until every node is Ready by the word of its kubelet since `sinceMs`: what an earlier life left does not count. */
export async function waitForNodes(cluster: Cluster, sinceMs: number): Promise<void> {
  await until({ complaint: 'the nodes were not Ready', timeoutMs: NODES_TIMEOUT_MS }, async () => {
    const leases = Leases.parse(
      JSON.parse(await cluster.kubectl(['get', 'leases', '-n', 'kube-node-lease', '-o', 'json'])),
    );
    const nodes = Nodes.parse(JSON.parse(await cluster.kubectl(['get', 'nodes', '-o', 'json'])));
    return silentNode(leases, nodes, sinceMs);
  });
}

/** The first node that has not said since `sinceMs` that it is Ready, with what it lacks. */
export function silentNode(
  leases: z.infer<typeof Leases>,
  nodes: z.infer<typeof Nodes>,
  sinceMs: number,
): string | undefined {
  for (const name of nodeNames) {
    const lease = leases.items.find(({ metadata }) => metadata.name === name);
    if (lease === undefined || Date.parse(lease.spec.renewTime) < sinceMs)
      return `${name}'s kubelet has not reported yet`;
    const node = nodes.items.find(({ metadata }) => metadata.name === name);
    if (node?.status.conditions.some(({ type, status }) => type === 'Ready' && status === 'True') !== true)
      return `${name} is not Ready`;
  }
  return undefined;
}

/** Waits until a Deployment, StatefulSet or DaemonSet runs as it is wanted. */
export async function waitForRollout(cluster: Cluster, namespace: string, name: string): Promise<void> {
  const seconds = String(ROLLOUT_TIMEOUT_MS / 1_000);
  await cluster.kubectl(['rollout', 'status', name, '-n', namespace, `--timeout=${seconds}s`], {
    timeoutMs: ROLLOUT_TIMEOUT_MS + 10_000,
  });
}
