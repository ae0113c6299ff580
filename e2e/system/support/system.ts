import * as z from 'zod';
import type { Cluster, NodeName } from '../../cluster/handle.ts';
import { nodeNames, openCluster } from '../../cluster/handle.ts';
import { ApiClient } from './api-client.ts';
import { until } from './until.ts';

/** The namespace of the release. */
export const namespace = 'docksnap';

let opened: Cluster | undefined;

/** The running cluster that all suites share. */
export function cluster(): Cluster {
  opened ??= openCluster();
  return opened;
}

/** Runs kubectl as cluster admin; its output. */
export async function kubectl(...args: string[]): Promise<string> {
  return cluster().kubectl(args, { timeoutMs: 120_000 });
}

/** An object or list as the API server gives it, checked. */
export async function kubectlJson<Schema extends z.ZodType>(
  schema: Schema,
  ...args: string[]
): Promise<z.output<Schema>> {
  return schema.parse(JSON.parse(await kubectl(...args, '-o', 'json')));
}

/** Where the API answers on this machine, by port-forward. */
export function consoleOrigin(): string {
  return new URL(cluster().consoleUrl).origin;
}

/** The local admin's password, from the Secret that the API filled. */
export async function adminPassword(): Promise<string> {
  const encoded = await kubectl('get', 'secret', 'docksnap-admin', '-n', namespace, '-o', 'jsonpath={.data.password}');
  return Buffer.from(encoded, 'base64').toString();
}

/** A client with the admin's session. */
export async function signedIn(): Promise<ApiClient> {
  const client = new ApiClient(consoleOrigin());
  const password = await adminPassword();
  await until('signing in as admin', 60_000, async () => (await client.login('admin', password)) === 204);
  return client;
}

const podSchema = z.object({
  metadata: z.object({ name: z.string(), uid: z.string() }),
  spec: z.object({ nodeName: z.string().optional() }),
  status: z.object({
    phase: z.string(),
    containerStatuses: z
      .array(
        z.object({ name: z.string(), ready: z.boolean(), restartCount: z.int(), containerID: z.string().optional() }),
      )
      .default([]),
  }),
});
export type Pod = z.infer<typeof podSchema>;

/** DockSnap's own pods of one component (agent, api, operator, database). */
export async function podsOf(component: string): Promise<Pod[]> {
  const list = await kubectlJson(
    z.object({ items: z.array(podSchema) }),
    ...['get', 'pods', '-n', namespace, '-l', `app.kubernetes.io/component=${component}`],
  );
  return list.items;
}

/** The name of the agent's pod on a node. */
export async function agentPodOn(node: NodeName): Promise<string> {
  const pod = (await podsOf('agent')).find((one) => one.spec.nodeName === node && one.status.phase === 'Running');
  if (pod === undefined) throw new Error(`no agent runs on ${node}`);
  return pod.metadata.name;
}

/** A token of the agents' ServiceAccount, bound to one agent's pod as the kubelet projects it. */
export async function agentToken({ pod, audience }: { pod: string; audience: string }): Promise<string> {
  const bound = ['--bound-object-kind', 'Pod', '--bound-object-name', pod];
  const token = await kubectl('create', 'token', 'docksnap-agent', '-n', namespace, '--audience', audience, ...bound);
  return token.trim();
}

const monitorSchema = z.object({
  metadata: z.object({ generation: z.int() }),
  status: z.object({
    observedGeneration: z.int().optional(),
    nodes: z.object({ desired: z.int(), ready: z.int(), updated: z.int(), reporting: z.int() }).partial().default({}),
    unhealthyNodes: z.array(z.object({ name: z.string(), reason: z.string(), message: z.string() })).default([]),
    conditions: z
      .array(z.object({ type: z.string(), status: z.string(), reason: z.string(), message: z.string() }))
      .default([]),
  }),
});
export type Monitor = z.infer<typeof monitorSchema>;

/** The sample monitor as it stands. */
export async function monitor(): Promise<Monitor> {
  return kubectlJson(monitorSchema, 'get', 'dsm', 'docksnap', '-n', namespace);
}

/** The status of one of its conditions. */
export function conditionOf(one: Monitor, type: string): { status: string; reason: string } | undefined {
  return one.status.conditions.find((condition) => condition.type === type);
}

/** Waits until data of every node arrives again: how each suite leaves the cluster. */
export async function untilAllReport(withinMs = 180_000): Promise<void> {
  await until('every node reporting', withinMs, async () => {
    const now = await monitor();
    return conditionOf(now, 'Ready')?.status === 'True' && now.status.nodes.reporting === nodeNames.length;
  });
}
