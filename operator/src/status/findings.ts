import type { NodeHealth } from '../observed/node-health.ts';
import type { DaemonSet, Pod } from '../observed/objects.ts';
import { isPodReady } from '../observed/objects.ts';
import type { PodProblem } from '../observed/pod-problem.ts';
import { podProblem } from '../observed/pod-problem.ts';
import type { UnknownReporting } from '../reporting/reporting.ts';
import type { Finding } from './conditions.ts';

/** What came of applying the DaemonSet. */
export type Applied =
  | { readonly kind: 'applied' }
  | { readonly kind: 'paused' }
  /** The monitor is not accepted: there are no agents. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'failed'; readonly reason: string; readonly message: string };

export function reconciledFinding(applied: Applied): Finding {
  switch (applied.kind) {
    case 'applied':
      return { status: 'True', reason: 'Applied', message: "the agents' DaemonSet is as the spec describes" };
    case 'paused':
      return {
        status: 'True',
        reason: 'Paused',
        message: 'managementState is Paused: agents are left as they are until it is Managed again',
      };
    case 'refused':
      return {
        status: 'False',
        reason: 'NotAccepted',
        message: 'no DaemonSet is made while the monitor is not accepted; the condition Accepted says why',
      };
    case 'failed':
      return { status: 'False', reason: applied.reason, message: applied.message };
  }
}

interface Agents {
  readonly daemonSet: DaemonSet | undefined;
  /** Of the nodes that Kubernetes calls ready: another node's agent cannot run, which is named elsewhere. */
  readonly podsOnReadyNodes: readonly Pod[];
  readonly nodesNotReady: number;
  /** What is wrong with pods and stands in no pod's status. */
  readonly trouble?: PodProblem | undefined;
  /** Whether a rollout has made no progress for long. */
  readonly isStalled?: boolean;
}

/** Whether an up-to-date agent runs on each node that can run one. */
export function availableFinding({ daemonSet, podsOnReadyNodes, nodesNotReady, trouble, isStalled }: Agents): Finding {
  if (daemonSet === undefined)
    return unavailable(
      'RollingOut',
      'the DaemonSet is not there yet; if that lasts, the condition Reconciled says why',
    );
  const { name, generation } = daemonSet.metadata;
  const { observedGeneration, desiredNumberScheduled, updatedNumberScheduled } = daemonSet.status;
  if (observedGeneration < generation) {
    return unavailable(
      'RollingOut',
      `Kubernetes has not seen the newest DaemonSet ${name} yet; if that lasts, look at kube-controller-manager`,
    );
  }
  if (desiredNumberScheduled === 0) {
    return unavailable(
      'NoMatchingNodes',
      'agent.nodeSelector, affinity and tolerations match no node; compare them with: kubectl get nodes --show-labels',
    );
  }
  const problem = problemOf(podsOnReadyNodes);
  if (problem !== undefined) return problem;
  if (trouble !== undefined) return unavailable(trouble.reason, trouble.message);
  const ready = podsOnReadyNodes.filter(isPodReady).length;
  const wanted = desiredNumberScheduled - nodesNotReady;
  if (ready < wanted || updatedNumberScheduled < wanted) {
    const counts = `${ready} of ${wanted} agents are ready, ${updatedNumberScheduled} are up to date`;
    const look = `kubectl describe daemonset ${name}`;
    return isStalled === true
      ? unavailable('RolloutStalled', `${counts}, and that has not changed for 10 minutes; look for the cause: ${look}`)
      : unavailable('RollingOut', `${counts}; if that lasts: ${look}`);
  }
  return { status: 'True', reason: 'AllNodesReady', message: `an agent is ready on each of ${wanted} ready nodes` };
}

function problemOf(pods: readonly Pod[]): Finding | undefined {
  const problems = pods.map(podProblem).filter((problem) => problem !== undefined);
  const [first] = problems;
  return first && unavailable(first.reason, `${first.message}${andMore(problems.length, 'pods')}`);
}

function unavailable(reason: string, message: string): Finding {
  return { status: 'False', reason, message };
}

/**
 * Whether data of each node that can send it arrives. It becomes true when every one reports, and stays so until one
 * has been silent for too long or none reports: a node that joins, or one late push, changes nothing.
 * @param wasFlowing whether it was true before
 */
export function dataFlowingFinding(nodes: readonly NodeHealth[], wasFlowing: boolean): Finding {
  const complaints = nodes.flatMap((node) => (node.state === 'failing' ? [node.complaint] : []));
  const [first] = complaints;
  if (first !== undefined) {
    const message = `${first.message}${andMore(complaints.length, 'nodes')}`;
    return { status: 'False', reason: first.reason, message };
  }
  const reporting = nodes.filter(isReporting).length;
  const expected = nodes.filter(({ state }) => state !== 'away').length;
  if (reporting === 0 || (reporting < expected && !wasFlowing)) {
    const which = reporting === 0 ? 'no node reports' : 'not every node has reported yet';
    const message = `${which}; agents push their first data seconds after their start`;
    return { status: 'False', reason: 'NoRecentData', message };
  }
  return { status: 'True', reason: 'Reporting', message: 'data arrives of every node that Kubernetes calls ready' };
}

/** Whether data of a node arrives. */
export function isReporting({ state }: NodeHealth): boolean {
  return state === 'reporting' || state === 'impaired';
}

/** What follows when the API does not say. */
export function unknownFinding({ reason, message }: UnknownReporting): Finding {
  const isNobodysFault = reason === 'NotAskedYet' || reason === 'DestinationElsewhere';
  return { status: isNobodysFault ? 'Unknown' : 'False', reason, message };
}

export function andMore(count: number, of: string): string {
  return count > 1 ? ` (and ${count - 1} more ${of})` : '';
}
