import { daemonSetName } from '../desired/identity.ts';
import type { DockSnapMonitorStatus } from '../generated/monitor.ts';
import type { Monitor } from '../monitor.ts';
import type { KubernetesVersion } from '../kube/version.ts';
import { healthOfNodes, lowestVersion, reportsOf } from '../observed/agents.ts';
import type { NodeHealth } from '../observed/node-health.ts';
import type { DaemonSet, Node, Pod } from '../observed/objects.ts';
import { isReady, nodeOf } from '../observed/objects.ts';
import type { PodProblem } from '../observed/pod-problem.ts';
import type { Claim } from '../placement/owners.ts';
import type { NodeReport, Reporting } from '../reporting/reporting.ts';
import { acceptedFinding } from './accepted.ts';
import type { Condition, Finding, Findings } from './conditions.ts';
import { conditionsOf } from './conditions.ts';
import type { Applied } from './findings.ts';
import { availableFinding, dataFlowingFinding, isReporting, reconciledFinding, unknownFinding } from './findings.ts';
import { kubeletVerifiedFinding } from './kubelet-verified.ts';

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
  /** A node by its name. */
  readonly node: (name: string) => Node | undefined;
  readonly version: KubernetesVersion;
  readonly claim: Claim;
  /** What keeps pods from being made or from starting, and stands in no pod's status. */
  readonly trouble: PodProblem | undefined;
  /** Whether a rollout has made no progress for long. */
  readonly isStalled: boolean;
  readonly reporting: Reporting;
  readonly nowMs: number;
}

/** Before anything was looked at: all is unknown, and says so. */
export function firstStatus({ metadata }: Monitor, nowMs: number): DockSnapMonitorStatus {
  const message = 'the operator has just seen this monitor';
  const finding: Finding = { status: 'Unknown', reason: 'NotLookedAtYet', message };
  const findings: Findings = {
    Accepted: finding,
    Reconciled: finding,
    Available: finding,
    DataFlowing: finding,
    KubeletVerified: finding,
  };
  return { conditions: conditionsOf(findings, [], metadata.generation, timestamp(nowMs)) };
}

/** The status that follows. Equal observations give an equal status, so nothing is written while nothing changes. */
export function statusOf(given: Observed): DockSnapMonitorStatus {
  const observed = { ...given, daemonSet: ownOf(given) };
  const { monitor, daemonSet, reporting, nowMs } = observed;
  const intervalMs = monitor.spec.scrapeIntervalSeconds * 1000;
  const health = reporting.kind === 'known' ? healthOfNodes({ ...observed, intervalMs }, reporting) : [];
  const reports = reportsOf(observed, reporting);
  const version = lowestVersion(reports);
  const { generation } = monitor.metadata;
  const previous = previousConditions(given.previous);
  return {
    observedGeneration: generation,
    nodes: {
      desired: daemonSet?.status.desiredNumberScheduled ?? 0,
      ready: daemonSet?.status.numberReady ?? 0,
      updated: daemonSet?.status.updatedNumberScheduled ?? 0,
      reporting: health.filter(isReporting).length,
    },
    unhealthyNodes: health
      .flatMap((node) => ('complaint' in node ? [{ name: node.name, ...node.complaint }] : []))
      .slice(0, mostNamed),
    ...(version !== undefined && { version }),
    image: observed.image,
    daemonSetName: daemonSetName(monitor),
    conditions: conditionsOf(
      findingsOf(observed, { health, reports, previous }),
      previous,
      generation,
      timestamp(nowMs),
    ),
  };
}

/** Another's DaemonSet of the same name says nothing about this monitor. */
function ownOf({ monitor, daemonSet }: Observed): DaemonSet | undefined {
  return daemonSet?.metadata.ownerReferences.some(({ uid }) => uid === monitor.metadata.uid) === true
    ? daemonSet
    : undefined;
}

interface Judged {
  readonly health: readonly NodeHealth[];
  readonly reports: ReadonlyMap<string, NodeReport>;
  readonly previous: readonly Condition[];
}

function findingsOf(observed: Observed, { health, reports, previous }: Judged): Findings {
  const { applied, reporting, version, claim } = observed;
  const wasFlowing = previous.some(({ type, status }) => type === 'DataFlowing' && status === 'True');
  return {
    Accepted: acceptedFinding(version, claim),
    Reconciled: reconciledFinding(applied),
    Available: applied.kind === 'refused' ? reconciledFinding(applied) : availableFinding(placesOf(observed)),
    DataFlowing: reporting.kind === 'known' ? dataFlowingFinding(health, wasFlowing) : unknownFinding(reporting),
    KubeletVerified: kubeletVerifiedFinding(reports),
  };
}

function placesOf({ daemonSet, pods, node, trouble, isStalled }: Observed): Parameters<typeof availableFinding>[0] {
  const isOnReadyNode = (name: string): boolean => {
    const found = node(name);
    return found !== undefined && isReady(found);
  };
  const staying = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const places = new Set(pods.map(nodeOf).filter((name) => name !== undefined));
  return {
    daemonSet,
    podsOnReadyNodes: staying.filter((pod) => isOnReadyNode(nodeOf(pod) ?? '')),
    nodesNotReady: [...places].filter((name) => !isOnReadyNode(name)).length,
    trouble,
    isStalled,
  };
}

/** The conditions that were written last. */
export function previousConditions(previous: DockSnapMonitorStatus | undefined): Condition[] {
  return (previous?.conditions ?? []).map(({ observedGeneration = 0, ...condition }) => ({
    ...condition,
    observedGeneration,
  }));
}

/** RFC 3339 in whole seconds, as Kubernetes writes times. */
function timestamp(nowMs: number): string {
  return `${new Date(nowMs).toISOString().slice(0, 19)}Z`;
}
