import { describe, expect, it } from '@jest/globals';
import type { NodeProblem } from '@docksnap/contract';
import type { LiveNode } from '../live/live-nodes.ts';
import type { KubernetesNode } from '../node-watch/kubernetes-node.ts';
import type { KnownNode } from './known-nodes.ts';
import { silenceOf } from './silence.ts';

const nowMs = 1_000_000_000;
const record = { id: 'n', cluster: 'c', name: 'node-1', uid: 'u' };

function live(
  ages: { tickMs: number | null; receivedMs?: number | null; intervalMs?: number; readEveryMs?: number },
  problems: NodeProblem[] = [],
): LiveNode {
  const { tickMs, receivedMs = tickMs, intervalMs = 10_000, readEveryMs = intervalMs } = ages;
  return {
    record,
    lastTickMs: tickMs === null ? null : nowMs - tickMs,
    lastReceivedMs: receivedMs === null ? null : nowMs - receivedMs,
    intervalMs,
    report: {
      ...{ agentVersion: '1', intervalMs: readEveryMs, sentAtMs: nowMs, ledger: [] },
      ...{ backlogTicks: 0, backlogBytes: 0, problems },
    },
    clockSkewMs: 0,
    ledger: { collected: 0, stored: 0, duplicate: 0, dropped: {} },
    entities: new Map(),
    present: new Set(),
    blocksIn: () => [],
    problems: () => problems,
  };
}

function kubernetes(status: 'True' | 'False' | 'Unknown'): KubernetesNode {
  const ready = { type: 'Ready', status, reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting', sinceMs: 0 };
  return {
    ...record,
    ready: status,
    conditions: [ready],
    addresses: [],
    systemUuid: undefined,
    machineId: undefined,
    kernelVersion: undefined,
    osImage: undefined,
    kubeletVersion: undefined,
    containerRuntime: undefined,
    cores: undefined,
    memoryBytes: undefined,
  };
}

function node(given: Partial<KnownNode>): KnownNode {
  return { id: 'n', record, live: undefined, kubernetes: 'unasked', hasReported: true, ...given };
}

const forbidden: NodeProblem = { reason: 'KubeletForbidden', message: 'the kubelet refuses', sinceMs: 5 };
const older: NodeProblem = { reason: 'SpoolUnwritable', message: 'the disk is full', sinceMs: 1 };

describe('silenceOf', () => {
  it.each<[string, KnownNode]>([
    ['its data is at the gap limit of 45 s', node({ live: live({ tickMs: 45_000 }) })],
    ['its data is at the gap limit of three intervals', node({ live: live({ tickMs: 90_000, intervalMs: 30_000 }) })],
    [
      'its samples of each second are read each minute',
      node({ live: live({ tickMs: 180_000, intervalMs: 1000, readEveryMs: 60_000 }) }),
    ],
    [
      'its clock is behind by what is tolerated, and its ticks arrive',
      node({ live: live({ tickMs: 70_000, receivedMs: 1000 }) }),
    ],
    [
      'Kubernetes calls it not ready, but its data arrives',
      node({ live: live({ tickMs: 5000 }), kubernetes: kubernetes('Unknown') }),
    ],
  ])('is none while %s', (_sentence, given) => {
    expect(silenceOf(given, nowMs)).toBeNull();
  });

  it.each<[string, string, KnownNode]>([
    [
      'NoRecentData',
      'the gap limit has passed',
      node({ live: live({ tickMs: 45_001 }), kubernetes: kubernetes('True') }),
    ],
    [
      'NoRecentData',
      'three reads of its samples of each second are late',
      node({ live: live({ tickMs: 180_001, intervalMs: 1000, readEveryMs: 60_000 }) }),
    ],
    ['NoRecentData', 'only old ticks arrive', node({ live: live({ tickMs: 600_000, receivedMs: 0 }) })],
    ['NoRecentData', 'the store alone knows it', node({})],
    [
      'NodeNotReady',
      'Kubernetes calls it not ready',
      node({ live: live({ tickMs: 60_000 }, [forbidden]), kubernetes: kubernetes('Unknown') }),
    ],
    ['NodeGone', 'Kubernetes has it no more', node({ live: live({ tickMs: 60_000 }), kubernetes: 'gone' })],
    [
      'KubeletForbidden',
      'its agent says what is wrong, the newest first',
      node({ live: live({ tickMs: null }, [older, forbidden]), kubernetes: kubernetes('True') }),
    ],
    ['NeverReported', 'no agent has ever spoken', node({ hasReported: false, kubernetes: kubernetes('True') })],
  ])('is %s when %s', (reason, _sentence, given) => {
    expect(silenceOf(given, nowMs)).toMatchObject({ reason, sinceMs: given.live?.lastTickMs ?? null });
  });

  it('says what Kubernetes says', () => {
    expect(silenceOf(node({ kubernetes: kubernetes('Unknown') }), nowMs)?.message).toBe(
      'Kubernetes says that the node is not ready (NodeStatusUnknown: Kubelet stopped posting); see kubectl describe node node-1',
    );
  });
});
