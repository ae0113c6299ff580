import { gapMs, type NodeProblem, type Silence } from '@docksnap/contract';
import { heardEveryMs } from '../live/heard-every.ts';
import { machinesCluster } from '../machines/machine-tokens.ts';
import type { NodeRecord } from '../store/store.ts';
import type { KnownNode } from './known-nodes.ts';

/** How far a clock may be off before its times are corrected: a tick may look that much older than it is. */
const toleratedSkewMs = 30_000;

/**
 * Why a node is silent, as far as anybody can tell; null while its data is young: younger than the gap limit of
 * how often it is heard. The first cause that explains the silence is named, from the outside in.
 */
export function silenceOf(node: KnownNode, nowMs: number): Silence | null {
  const { live } = node;
  const sinceMs = live?.lastTickMs ?? null;
  if (live !== undefined && sinceMs !== null) {
    const seenMs = Math.min(live.lastReceivedMs ?? sinceMs, sinceMs + toleratedSkewMs);
    if (nowMs - seenMs <= gapMs(heardEveryMs(live))) return null;
  }
  return { sinceMs, ...causeOf(node, nowMs) };
}

function causeOf(node: KnownNode, nowMs: number): Pick<Silence, 'reason' | 'message'> {
  const { name } = node.record;
  const { kubernetes } = node;
  if (kubernetes === 'gone') {
    return { reason: 'NodeGone', message: goneMessage(node.record) };
  }
  if (kubernetes !== 'unasked' && kubernetes.ready !== 'True') {
    const ready = kubernetes.conditions.find(({ type }) => type === 'Ready');
    const says = ready === undefined ? 'it has not said whether it is ready' : `${ready.reason}: ${ready.message}`;
    return {
      reason: 'NodeNotReady',
      message: `Kubernetes says that the node is not ready (${says}); see kubectl describe node ${name}`,
    };
  }
  const problem = newest(node.live?.problems(nowMs) ?? []);
  if (problem !== undefined) return { reason: problem.reason, message: problem.message };
  if (!node.hasReported) {
    const message = `no agent has reported from this node; see whether a DockSnapMonitor covers it and its agent's pod runs`;
    return { reason: 'NeverReported', message };
  }
  return { reason: 'NoRecentData', message: quietMessage(node.record) };
}

function newest(problems: readonly NodeProblem[]): NodeProblem | undefined {
  return problems.reduce<NodeProblem | undefined>(
    (last, problem) => (last !== undefined && last.sinceMs >= problem.sinceMs ? last : problem),
    undefined,
  );
}

function goneMessage({ name, cluster }: NodeRecord): string {
  return cluster === machinesCluster
    ? `the machine ${name} was removed; to see it again, let it join again`
    : `Kubernetes has no node ${name} with this UID any more`;
}

function quietMessage({ name, cluster }: NodeRecord): string {
  return cluster === machinesCluster
    ? `the agent on ${name} sends nothing; see on that machine whether docksnap-agent runs, and its log`
    : `the agent of node ${name} sends nothing; see its pod's state and log`;
}
