import type { NodeHealth } from '../observed/node-health.ts';
import type { DaemonSet, Pod } from '../observed/objects.ts';
import { podProblem } from '../observed/pod-problem.ts';
import type { Reporting } from '../reporting/reporting.ts';
import type { Finding } from './conditions.ts';

/** What came of applying the DaemonSet. */
export type Applied =
  | { readonly kind: 'applied' }
  | { readonly kind: 'paused' }
  | { readonly kind: 'failed'; readonly reason: string; readonly message: string };

export function reconciledFinding(applied: Applied): Finding {
  switch (applied.kind) {
    case 'applied':
      return { status: 'True', reason: 'Applied', message: "the agents' DaemonSet is as the spec describes" };
    case 'paused':
      return { status: 'True', reason: 'Paused', message: 'managementState is Paused: agents are left as they are' };
    case 'failed':
      return { status: 'False', reason: applied.reason, message: applied.message };
  }
}

interface Agents {
  readonly daemonSet: DaemonSet | undefined;
  /** Of the nodes that Kubernetes calls ready: another node's agent cannot run, which is named elsewhere. */
  readonly podsOnReadyNodes: readonly Pod[];
  readonly nodesNotReady: number;
}

/** Whether an up-to-date agent runs on each node that can run one. */
export function availableFinding({ daemonSet, podsOnReadyNodes, nodesNotReady }: Agents): Finding {
  if (daemonSet === undefined)
    return { status: 'False', reason: 'RollingOut', message: 'the DaemonSet does not exist yet' };
  const { observedGeneration, desiredNumberScheduled, updatedNumberScheduled } = daemonSet.status;
  if (observedGeneration < daemonSet.metadata.generation) {
    return {
      status: 'False',
      reason: 'RollingOut',
      message: 'the DaemonSet controller has not seen the newest spec yet',
    };
  }
  if (desiredNumberScheduled === 0) {
    return {
      status: 'False',
      reason: 'NoMatchingNodes',
      message: 'spec.agent.nodeSelector and affinity match no node',
    };
  }
  const problems = podsOnReadyNodes.map(podProblem).filter((problem) => problem !== undefined);
  const [problem] = problems;
  if (problem !== undefined) {
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
    return { status: 'False', reason: problem.reason, message: `${problem.message}${more}` };
  }
  const ready = podsOnReadyNodes.filter(isPodReady).length;
  const wanted = desiredNumberScheduled - nodesNotReady;
  if (ready < wanted || updatedNumberScheduled < wanted) {
    const message = `${ready} of ${wanted} agents are ready, ${updatedNumberScheduled} are up to date`;
    return { status: 'False', reason: 'RollingOut', message };
  }
  return { status: 'True', reason: 'AllNodesReady', message: `an agent is ready on each of ${wanted} ready nodes` };
}

export function isPodReady({ metadata, status }: Pod): boolean {
  return (
    metadata.deletionTimestamp === undefined &&
    status.conditions.some((one) => one.type === 'Ready' && one.status === 'True')
  );
}

/** Whether data of each node that can send it arrives. */
export function dataFlowingFinding(nodes: readonly NodeHealth[], reporting: Reporting): Finding {
  if (reporting.kind === 'unknown') {
    const status = reporting.reason === 'NotAskedYet' ? 'Unknown' : 'False';
    return { status, reason: reporting.reason, message: reporting.message };
  }
  const failing = nodes.filter((node) => node.failing);
  const [first] = failing;
  if (first?.complaint !== undefined) {
    const more = failing.length > 1 ? ` (and ${failing.length - 1} more nodes)` : '';
    return { status: 'False', reason: first.complaint.reason, message: `${first.complaint.message}${more}` };
  }
  if (!nodes.some((node) => node.reporting)) {
    const reason = nodes.find((node) => node.complaint !== undefined)?.complaint?.reason ?? 'NoRecentData';
    return {
      status: 'False',
      reason,
      message: 'no node reports yet; agents push their first data seconds after their start',
    };
  }
  return { status: 'True', reason: 'Reporting', message: 'data arrives of every node that Kubernetes calls ready' };
}
