import { daemonSetName } from '../desired/identity.ts';
import type { DockSnapMonitorStatus } from '../generated/monitor.ts';
import type { Monitor } from '../monitor.ts';
import { healthOfNodes, lowestVersion } from '../observed/agents.ts';
import type { NodeHealth } from '../observed/node-health.ts';
import type { DaemonSet, Node, Pod } from '../observed/objects.ts';
import { isReady, nodeOf } from '../observed/objects.ts';
import type { Reporting } from '../reporting/reporting.ts';
import type { Condition, Finding, Findings } from './conditions.ts';
import { conditionsOf } from './conditions.ts';
import type { Applied } from './findings.ts';
import { availableFinding, dataFlowingFinding, reconciledFinding, unknownFinding } from './findings.ts';

const mostNamed = 20;

/** All that a monitor's status follows from. */
export interface Observed {
  readonly monitor: Monitor;
  /** The status that was written last. */
  readonly previous: DockSnapMonitorStatus | undefined;
  readonly applied: Applied;
  readonly image: string;
  /** The one of the agents' name, whoever made it. */
  readonly daemonSet: DaemonSet | undefined;
  /** The monitor's agents' pods, on any node. */
  readonly pods: readonly Pod[];
  readonly nodes: readonly Node[];
  readonly reporting: Reporting;
  readonly nowMs: number;
}

/** Before anything was looked at: all is unknown, and says so. */
export function firstStatus({ metadata }: Monitor, nowMs: number): DockSnapMonitorStatus {
  const message = 'the operator has just seen this monitor';
  const finding: Finding = { status: 'Unknown', reason: 'NotLookedAtYet', message };
  const findings = { Accepted: finding, Reconciled: finding, Available: finding, DataFlowing: finding };
  return { conditions: conditionsOf(findings, [], metadata.generation, timestamp(nowMs)) };
}

/** The status that follows. Equal observations give an equal status, so nothing is written while nothing changes. */
export function statusOf(given: Observed): DockSnapMonitorStatus {
  const observed = { ...given, daemonSet: ownOf(given) };
  const { monitor, daemonSet, reporting, nodes, nowMs } = observed;
  const intervalMs = monitor.spec.scrapeIntervalSeconds * 1000;
  const health = reporting.kind === 'known' ? healthOfNodes({ ...observed, intervalMs }, reporting) : [];
  const version = lowestVersion(nodes, reporting);
  const { generation } = monitor.metadata;
  const previous = previousConditions(given.previous);
  return {
    observedGeneration: generation,
    nodes: {
      desired: daemonSet?.status.desiredNumberScheduled ?? 0,
      ready: daemonSet?.status.numberReady ?? 0,
      updated: daemonSet?.status.updatedNumberScheduled ?? 0,
      reporting: health.filter(({ state }) => state === 'reporting').length,
    },
    unhealthyNodes: health
      .flatMap((node) => ('complaint' in node ? [{ name: node.name, ...node.complaint }] : []))
      .slice(0, mostNamed),
    ...(version !== undefined && { version }),
    image: observed.image,
    daemonSetName: daemonSetName(monitor),
    conditions: conditionsOf(findingsOf(observed, health, previous), previous, generation, timestamp(nowMs)),
  };
}

/** Another's DaemonSet of the same name says nothing about this monitor. */
function ownOf({ monitor, daemonSet }: Observed): DaemonSet | undefined {
  return daemonSet?.metadata.ownerReferences.some(({ uid }) => uid === monitor.metadata.uid) === true
    ? daemonSet
    : undefined;
}

function findingsOf(
  { applied, daemonSet, pods, nodes, reporting }: Observed,
  health: readonly NodeHealth[],
  previous: readonly Condition[],
): Findings {
  const wasFlowing = previous.some(({ type, status }) => type === 'DataFlowing' && status === 'True');
  return {
    Accepted: { status: 'True', reason: 'Valid', message: 'the spec is valid' },
    Reconciled: reconciledFinding(applied),
    Available: availableFinding({ daemonSet, ...placesOf(pods, nodes) }),
    DataFlowing: reporting.kind === 'known' ? dataFlowingFinding(health, wasFlowing) : unknownFinding(reporting),
  };
}

function placesOf(pods: readonly Pod[], nodes: readonly Node[]): { podsOnReadyNodes: Pod[]; nodesNotReady: number } {
  const ready = new Set(nodes.filter(isReady).map(({ metadata }) => metadata.name));
  const staying = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const places = new Set(pods.map(nodeOf).filter((name) => name !== undefined));
  return {
    podsOnReadyNodes: staying.filter((pod) => ready.has(nodeOf(pod) ?? '')),
    nodesNotReady: [...places].filter((name) => !ready.has(name)).length,
  };
}

function previousConditions(previous: DockSnapMonitorStatus | undefined): Condition[] {
  return (previous?.conditions ?? []).map(({ observedGeneration = 0, ...condition }) => ({
    ...condition,
    observedGeneration,
  }));
}

/** RFC 3339 in whole seconds, as Kubernetes writes times. */
function timestamp(nowMs: number): string {
  return `${new Date(nowMs).toISOString().slice(0, 19)}Z`;
}
