import type { NodeReport, Reporting } from '../reporting/reporting.ts';
import type { Node, Pod } from './objects.ts';
import { isReady } from './objects.ts';
import { podProblem } from './pod-problem.ts';

/** Silence in which a node is named: max(3 intervals, 45 s). */
const namedFloorMs = 45_000;
const namedIntervals = 3;
/** Silence of one node Kubernetes calls ready that makes DataFlowing false. */
const failingMs = 75_000;

/** How one node that shall have an agent is doing. */
export interface NodeHealth {
  readonly name: string;
  readonly reporting: boolean;
  /** Why it is named as unhealthy; undefined when it is not. */
  readonly complaint?: { readonly reason: string; readonly message: string };
  /** Whether its silence makes DataFlowing false: ready for Kubernetes, and silent for longer than 75 s. */
  readonly failing: boolean;
}

interface Facts {
  readonly name: string;
  readonly node: Node | undefined;
  readonly pod: Pod | undefined;
  readonly reporting: Reporting;
  readonly intervalMs: number;
  readonly nowMs: number;
}

/** Judges one node by what Kubernetes says of it and of its agent's pod, and by when the API last heard from it. */
export function nodeHealth(facts: Facts): NodeHealth {
  const { name, node, pod, reporting, intervalMs, nowMs } = facts;
  if (reporting.kind === 'unknown') return { name, reporting: false, failing: false };
  const report = node === undefined ? undefined : reporting.byNodeUid.get(node.metadata.uid);
  const silentMs = silence(report, pod, nowMs, nowMs - reporting.askedAtMs);
  const namedMs = Math.max(namedFloorMs, namedIntervals * (report?.intervalMs ?? intervalMs));
  const heard = report !== undefined && report.silentMs !== null;
  if (heard && silentMs < namedMs) return { name, reporting: true, failing: false };
  if (node === undefined || !isReady(node)) {
    const message = `Kubernetes does not call node ${name} ready; look at it: kubectl describe node ${name}`;
    return { name, reporting: false, failing: false, complaint: { reason: 'NodeNotReady', message } };
  }
  if (silentMs < namedMs) return { name, reporting: false, failing: false };
  return { name, reporting: false, failing: silentMs > failingMs, complaint: complaintOf(name, pod, report) };
}

/** Since the last tick; before the first, since the agent's pod was made. */
function silence(report: NodeReport | undefined, pod: Pod | undefined, nowMs: number, askedAgoMs: number): number {
  if (report !== undefined && report.silentMs !== null) return report.silentMs + askedAgoMs;
  return pod === undefined ? Infinity : nowMs - Date.parse(pod.metadata.creationTimestamp);
}

function complaintOf(
  name: string,
  pod: Pod | undefined,
  report: NodeReport | undefined,
): { reason: string; message: string } {
  const [problem] = report?.problems ?? [];
  if (problem !== undefined) return problem;
  if (pod === undefined) {
    return { reason: 'NoAgent', message: `node ${name} has no agent's pod; kubectl describe daemonset says why` };
  }
  const found = podProblem(pod);
  if (found !== undefined) return found;
  const look = `kubectl logs -n ${pod.metadata.namespace ?? ''} ${pod.metadata.name}`;
  return report === undefined
    ? {
        reason: 'NeverReported',
        message: `no data of node ${name} has ever arrived, though its agent runs; look at ${look}`,
      }
    : { reason: 'NoRecentData', message: `data of node ${name} no longer arrives; look at ${look}` };
}
