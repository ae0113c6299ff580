import type { DockSnapMonitorStatus } from '../generated/monitor.ts';
import { daemonSetName } from '../desired/identity.ts';
import type { Monitor } from '../monitor.ts';
import type { NodeHealth } from '../observed/node-health.ts';
import { nodeHealth } from '../observed/node-health.ts';
import type { DaemonSet, Node, Pod } from '../observed/objects.ts';
import { isReady, nodeOf } from '../observed/objects.ts';
import type { Reporting } from '../reporting/reporting.ts';
import type { Condition, Findings } from './conditions.ts';
import { conditionsOf } from './conditions.ts';
import type { Applied } from './findings.ts';
import { availableFinding, dataFlowingFinding, reconciledFinding } from './findings.ts';

const mostNamed = 20;

/** All that a monitor's status follows from. */
export interface Observed {
  readonly monitor: Monitor;
  readonly applied: Applied;
  readonly image: string;
  readonly daemonSet: DaemonSet | undefined;
  /** The monitor's agents' pods, on any node. */
  readonly pods: readonly Pod[];
  readonly nodes: readonly Node[];
  readonly reporting: Reporting;
  readonly nowMs: number;
}

/** Before anything was looked at: all is unknown, and says so. */
export function firstStatus(monitor: Monitor, nowMs: number): DockSnapMonitorStatus {
  const finding = {
    status: 'Unknown',
    reason: 'NotLookedAtYet',
    message: 'the operator has just seen this monitor',
  } as const;
  const findings = { Accepted: finding, Reconciled: finding, Available: finding, DataFlowing: finding };
  return { conditions: conditionsOf(findings, [], monitor.metadata.generation, timestamp(nowMs)) };
}

/** The status that follows. Equal observations give an equal status, so nothing is written while nothing changes. */
export function statusOf(observed: Observed): DockSnapMonitorStatus {
  const { monitor, daemonSet, reporting } = observed;
  const health = healthOf(observed);
  const counts = daemonSet?.status;
  return {
    observedGeneration: monitor.metadata.generation,
    nodes: {
      desired: counts?.desiredNumberScheduled ?? 0,
      ready: counts?.numberReady ?? 0,
      updated: counts?.updatedNumberScheduled ?? 0,
      reporting: health.filter((node) => node.reporting).length,
    },
    unhealthyNodes: health
      .flatMap(({ name, complaint }) => (complaint ? [{ name, ...complaint }] : []))
      .slice(0, mostNamed),
    ...lowestVersion(reporting, observed.nodes),
    image: observed.image,
    daemonSetName: daemonSetName(monitor),
    conditions: conditionsOf(
      findingsOf(observed, health),
      previousConditions(monitor),
      monitor.metadata.generation,
      timestamp(observed.nowMs),
    ),
  };
}

/** The nodes that shall have an agent, by name: those for which the DaemonSet has a pod. */
function healthOf({ pods, nodes, reporting, monitor, nowMs }: Observed): NodeHealth[] {
  const podByNode = new Map<string, Pod>();
  for (const pod of pods) {
    const name = nodeOf(pod);
    // While one agent replaces another, both have a pod: the one that stays counts.
    if (name !== undefined && (pod.metadata.deletionTimestamp === undefined || !podByNode.has(name)))
      podByNode.set(name, pod);
  }
  const byName = new Map(nodes.map((node) => [node.metadata.name, node]));
  const intervalMs = monitor.spec.scrapeIntervalSeconds * 1000;
  return [...podByNode]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, pod]) => nodeHealth({ name, node: byName.get(name), pod, reporting, intervalMs, nowMs }));
}

function findingsOf({ applied, daemonSet, pods, nodes, reporting }: Observed, health: readonly NodeHealth[]): Findings {
  const ready = new Set(nodes.filter(isReady).map((node) => node.metadata.name));
  const onReadyNodes = pods.filter(
    (pod) => ready.has(nodeOf(pod) ?? '') && pod.metadata.deletionTimestamp === undefined,
  );
  const nodesNotReady = health.filter(({ name }) => !ready.has(name)).length;
  return {
    Accepted: { status: 'True', reason: 'Valid', message: 'the spec is valid' },
    Reconciled: reconciledFinding(applied),
    Available: availableFinding({ daemonSet, podsOnReadyNodes: onReadyNodes, nodesNotReady }),
    DataFlowing: dataFlowingFinding(health, reporting),
  };
}

function previousConditions(monitor: Monitor): Condition[] {
  return (monitor.status?.conditions ?? []).map(({ observedGeneration, ...condition }) => ({
    ...condition,
    ...(observedGeneration !== undefined && { observedGeneration }),
  }));
}

function lowestVersion(reporting: Reporting, nodes: readonly Node[]): { version?: string } {
  if (reporting.kind === 'unknown') return {};
  const versions = nodes
    .map((node) => reporting.byNodeUid.get(node.metadata.uid)?.agentVersion)
    .filter((one) => one !== undefined);
  const [version] = versions.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return version === undefined ? {} : { version };
}

function timestamp(nowMs: number): string {
  return `${new Date(nowMs).toISOString().slice(0, 19)}Z`;
}
