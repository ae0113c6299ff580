import type { KnownReporting, NodeReport } from '../reporting/reporting.ts';
import type { Node, Pod } from './objects.ts';
import { isReady } from './objects.ts';
import { podProblem } from './pod-problem.ts';

/** Silence in which a node is named: max(3 intervals, 45 s), as samples further apart than that make a gap. */
const namedFloorMs = 45_000;
const namedIntervals = 3;
/** Silence of one node that Kubernetes calls ready that makes DataFlowing false. */
const failingMs = 75_000;

export interface Complaint {
  readonly reason: string;
  readonly message: string;
}

/**
 * How one node that shall have an agent is doing. reporting: its data arrives. impaired: it arrives, and something is
 * wrong all the same. waiting: it is too early to say. silent: it is named. failing: silent for so long that no data flows. away: silent, and Kubernetes does not call it
 * ready, so that nobody expects data of it.
 */
export type NodeHealth =
  | { readonly name: string; readonly state: 'reporting' | 'waiting' }
  | {
      readonly name: string;
      readonly state: 'impaired' | 'silent' | 'failing' | 'away';
      readonly complaint: Complaint;
    };

/** A node that shall have an agent, and what is known of it. */
export interface NodeFacts {
  readonly name: string;
  /** Undefined: Kubernetes no longer knows it. */
  readonly node: Node | undefined;
  readonly pod: Pod;
  /** The scrape interval of the monitor. */
  readonly intervalMs: number;
}

/**
 * Judges one node by what Kubernetes says of it and of its agent's pod, and by when the API last heard from it. Silence
 * is counted to the moment at which the API was asked: whether the node was heard since then, nobody knows.
 */
export function nodeHealth(facts: NodeFacts, known: KnownReporting): NodeHealth {
  const { name, node, pod, intervalMs } = facts;
  const nowMs = known.askedAtMs;
  const report = known.byNodeUid.get(node?.metadata.uid ?? '');
  const namedMs = namedAfterMs(report?.intervalMs ?? intervalMs);
  if (nowMs - lastHeardMs(report) < namedMs) return whileReporting(name, report);
  if (!isReadyNode(node)) return { name, state: 'away', complaint: notReady(name) };
  const silentMs = nowMs - silentSinceMs(report, pod, known);
  if (silentMs < namedMs) return { name, state: 'waiting' };
  return { name, state: silentMs > failingMs ? 'failing' : 'silent', complaint: complaintOf(name, pod, report) };
}

function whileReporting(name: string, report: NodeReport | undefined): NodeHealth {
  const complaint = clockComplaint(name, report?.clockSkewMs ?? 0) ?? report?.problems[0];
  if (complaint === undefined) return { name, state: 'reporting' };
  return { name, state: 'impaired', complaint: { reason: complaint.reason, message: complaint.message } };
}

function clockComplaint(name: string, skewMs: number): Complaint | undefined {
  if (skewMs === 0) return undefined;
  const by = `${Math.round(Math.abs(skewMs) / 1000)} s ${skewMs > 0 ? 'ahead of' : 'behind'}`;
  const message = `the clock of node ${name} is ${by} the API's, and its samples are stored at corrected times; set it right: timedatectl status on the node tells whether it is synchronized`;
  return { reason: 'ClockSkewed', message };
}

function lastHeardMs(report: NodeReport | undefined): number {
  return report?.heardAtMs ?? -Infinity;
}

/**
 * Since when the node could have been heard and was not: since its last sample, before the first since its agent's
 * pod was made; and not before the API could hear it.
 */
function silentSinceMs(report: NodeReport | undefined, pod: Pod, known: KnownReporting): number {
  const heardAtMs = report?.heardAtMs ?? null;
  if (heardAtMs === null) return Math.max(Date.parse(pod.metadata.creationTimestamp), known.answeringSinceMs);
  return known.wasAway ? Math.max(heardAtMs, known.answeringSinceMs) : heardAtMs;
}

function isReadyNode(node: Node | undefined): boolean {
  return node !== undefined && isReady(node);
}

/** How long a node that is scraped this often may say nothing before it counts as silent, ms. */
export function namedAfterMs(intervalMs: number): number {
  return Math.max(namedFloorMs, namedIntervals * intervalMs);
}

function wasHeard(report: NodeReport | undefined): boolean {
  return report !== undefined && report.heardAtMs !== null;
}

function notReady(name: string): Complaint {
  const message = `Kubernetes does not call node ${name} ready; look at it: kubectl describe node ${name}`;
  return { reason: 'NodeNotReady', message };
}

/** The likeliest cause: what keeps the pod from running, else what the agent last complained of. */
function complaintOf(name: string, pod: Pod, report: NodeReport | undefined): Complaint {
  const found = podProblem(pod) ?? report?.problems[0];
  if (found !== undefined) return { reason: found.reason, message: found.message };
  const look = `look at kubectl logs -n ${pod.metadata.namespace ?? ''} ${pod.metadata.name}`;
  return wasHeard(report)
    ? { reason: 'NoRecentData', message: `data of node ${name} no longer arrives; ${look}` }
    : { reason: 'NeverReported', message: `no data of node ${name} has ever arrived; ${look}` };
}
