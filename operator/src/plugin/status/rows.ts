import { namedAfterMs } from '../../observed/node-health.ts';
import { isPodReady, isReady, nodeOf, type Node, type Pod } from '../../observed/objects.ts';
import { podProblem } from '../../observed/pod-problem.ts';
import type { Report, Seen, SeenMonitor } from '../cluster.ts';

/** One node of a monitor. */
export interface NodeRow {
  readonly name: string;
  readonly reporting: boolean;
  /** How old the newest data is; null when that is not known. */
  readonly ageSeconds: number | null;
  /** Ticks that wait on the node's disk; null when that is not known. */
  readonly backlogTicks: number | null;
  readonly agentVersion: string | null;
  readonly pod: string;
  /** Why it does not report, or what is wrong all the same; empty: nothing. */
  readonly reason: string;
  readonly message: string;
}

/** One monitor with its nodes. */
export interface MonitorRow {
  readonly namespace: string;
  readonly name: string;
  readonly ready: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
  readonly nodes: readonly NodeRow[];
}

/** What `status` tells, from what was seen. */
export function rowsOf(seen: Seen): MonitorRow[] {
  return seen.monitors.map((monitor) => {
    const ready = monitor.status.conditions.find(({ type }) => type === 'Ready');
    const { namespace, name } = monitor.metadata;
    return {
      namespace,
      name,
      ready: ready?.status ?? 'Unknown',
      reason: ready?.reason ?? 'NotLookedAtYet',
      message:
        ready?.message ?? 'the operator has not come to this monitor: see that it runs and watches this namespace',
      nodes: nodesOf(monitor, seen),
    };
  });
}

/** Whether every monitor is ready and every node reports. */
export function isWell(rows: readonly MonitorRow[]): boolean {
  return (
    rows.length > 0 && rows.every(({ ready, nodes }) => ready === 'True' && nodes.every(({ reporting }) => reporting))
  );
}

function nodesOf(monitor: SeenMonitor, seen: Seen): NodeRow[] {
  const { namespace, name } = monitor.metadata;
  const pods = seen.agents.filter(
    ({ metadata }) =>
      metadata.namespace === namespace &&
      metadata.labels['app.kubernetes.io/instance'] === name &&
      metadata.deletionTimestamp === undefined,
  );
  return pods.map((pod) => nodeRow(pod, monitor, seen)).sort((a, b) => a.name.localeCompare(b.name));
}

function nodeRow(pod: Pod, { status }: SeenMonitor, { nodes, reports }: Seen): NodeRow {
  const name = nodeOf(pod) ?? '';
  const node = nodes.find((one) => one.metadata.name === name);
  const report = reports.get(node?.metadata.uid ?? '');
  const named = status.unhealthyNodes.find((one) => one.name === name);
  const { reason, message } = named ?? podProblem(pod) ?? report?.problems[0] ?? unready(name, node) ?? nothing;
  return {
    name,
    reporting: isPodReady(pod) && isHeard(report, named !== undefined),
    ...newest(report),
    pod: pod.metadata.name,
    reason,
    message,
  };
}

const nothing = { reason: '', message: '' };

/** Where the API could not be asked, the monitor's word counts. */
function isHeard(report: Report | undefined, isNamed: boolean): boolean {
  if (report === undefined) return !isNamed;
  return report.silentMs !== undefined && report.silentMs < namedAfterMs(report.intervalMs);
}

function newest(report: Report | undefined): Pick<NodeRow, 'ageSeconds' | 'backlogTicks' | 'agentVersion'> {
  if (report === undefined) return { ageSeconds: null, backlogTicks: null, agentVersion: null };
  const { silentMs, backlogTicks, agentVersion } = report;
  return { ageSeconds: silentMs === undefined ? null : Math.round(silentMs / 1000), backlogTicks, agentVersion };
}

function unready(name: string, node: Node | undefined): { reason: string; message: string } | undefined {
  if (node !== undefined && isReady(node)) return undefined;
  const message = `Kubernetes does not call node ${name} ready: kubectl describe node ${name}`;
  return { reason: 'NodeNotReady', message };
}
