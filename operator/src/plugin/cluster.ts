import * as z from 'zod';
import { nodeSchema, podSchema, type Node, type Pod } from '../observed/objects.ts';
import { reportingSchema, type ReportingAnswer } from '../reporting/reporting.ts';
import type { Where } from './command-line.ts';
import type { Kubectl } from './kubectl.ts';
import { forwardToApi } from './port-forward.ts';

const itemsOf = <Schema extends z.ZodType>(item: Schema) => z.object({ items: z.array(item) });
const condition = z.object({
  type: z.string(),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: z.string(),
  message: z.string(),
  lastTransitionTime: z.string(),
});
const monitorSchema = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  status: z
    .object({
      nodes: z.object({ desired: z.int(), ready: z.int(), updated: z.int(), reporting: z.int() }).partial().optional(),
      unhealthyNodes: z.array(z.object({ name: z.string(), reason: z.string(), message: z.string() })).default([]),
      conditions: z.array(condition).default([]),
    })
    .prefault({}),
});
export type SeenMonitor = z.infer<typeof monitorSchema>;

const workloadSchema = z.object({
  kind: z.string(),
  metadata: z.object({ name: z.string(), namespace: z.string(), labels: z.record(z.string(), z.string()).default({}) }),
  spec: z.object({ replicas: z.int().default(1) }),
  status: z.object({ readyReplicas: z.int().default(0) }).prefault({}),
});
export type Workload = z.infer<typeof workloadSchema>;

/** What is seen of DockSnap in a cluster. */
export interface Seen {
  readonly monitors: readonly SeenMonitor[];
  readonly agents: readonly Pod[];
  readonly nodes: readonly Node[];
  /** Operator, API and trial database, of every release. */
  readonly workloads: readonly Workload[];
  /** What the APIs say of each node, by its UID; an error's words when one could not be asked. */
  readonly reports: ReadonlyMap<string, Report>;
  readonly unasked: readonly string[];
}

export interface Report {
  readonly silentMs: number | undefined;
  readonly intervalMs: number;
  readonly backlogTicks: number;
  readonly agentVersion: string;
  readonly problems: readonly { readonly reason: string; readonly message: string }[];
}

/** Looks at all of it. @throws {KubectlError} when the cluster cannot be asked, or the user may not look */
export async function look(kubectl: Kubectl, { namespace }: Where): Promise<Seen> {
  const part = (component: string): string =>
    `app.kubernetes.io/name=docksnap,app.kubernetes.io/component=${component}`;
  const [monitors, agents, nodes, workloads] = await Promise.all([
    kubectl.list('docksnapmonitors.docksnap.io', namespace),
    kubectl.list('pods', namespace, '--selector', part('agent')),
    kubectl.list('nodes', undefined),
    kubectl.list('deployments,statefulsets', undefined, '--selector', 'app.kubernetes.io/name=docksnap'),
  ]);
  const found = itemsOf(workloadSchema).parse(workloads).items;
  const apis = found
    .filter(({ metadata }) => metadata.name === 'docksnap-api')
    .map(({ metadata }) => metadata.namespace);
  const asked = await Promise.allSettled(apis.map(async (api) => reportsOf(kubectl, api)));
  return {
    monitors: itemsOf(monitorSchema).parse(monitors).items,
    agents: itemsOf(podSchema).parse(agents).items,
    nodes: itemsOf(nodeSchema).parse(nodes).items,
    workloads: found,
    reports: new Map(asked.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))),
    unasked: asked.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : [])),
  };
}

/** Asks one release's API as its operator does, with a token for that alone. */
async function reportsOf(kubectl: Kubectl, namespace: string): Promise<[string, Report][]> {
  const account = ['create', 'token', 'docksnap-operator', '--namespace', namespace];
  const token = (await kubectl.run(...account, '--audience', 'docksnap-operator', '--duration', '10m')).trim();
  const forward = await forwardToApi(kubectl, namespace);
  try {
    const answer = await fetch(`${forward.origin}/api/v1/reporting`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(15_000),
    });
    if (!answer.ok) throw new Error(`the API in ${namespace} answered ${answer.status}`);
    return reportsIn(reportingSchema.parse(await answer.json()));
  } finally {
    forward.close();
  }
}

function reportsIn({ nowMs, nodes }: ReportingAnswer): [string, Report][] {
  return nodes.map(({ uid, lastReceivedMs, intervalMs, backlogTicks, agentVersion, problems }) => [
    uid,
    {
      silentMs: lastReceivedMs === null ? undefined : Math.max(0, nowMs - lastReceivedMs),
      intervalMs,
      backlogTicks,
      agentVersion,
      problems,
    },
  ]);
}
