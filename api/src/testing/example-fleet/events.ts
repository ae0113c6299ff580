import type { EventRecord } from '@docksnap/contract';
import type { NodeRecord } from '../../store/store.ts';
import { crashing, hostile, leaking } from './containers.ts';
import type { FleetContainer } from './fleet.ts';

const minuteMs = 60_000;

/** What an event is about, and what it says; `minutesAgo` of a series its last and first time. */
interface Told {
  readonly about: FleetContainer | null;
  readonly node: string;
  readonly minutesAgo: readonly [last: number, first?: number];
  readonly event: Pick<EventRecord, 'kind' | 'reason' | 'message'> & Partial<EventRecord>;
}

const told: readonly Told[] = [
  {
    ...{ about: leaking, node: 'general-1', minutesAgo: [136] },
    event: {
      kind: 'deploy',
      reason: 'ImageChanged',
      message: 'Deployment api: image checkout/api:2.13.2 → checkout/api:2.14.0',
    },
  },
  ...[72.1, 8.1].map((ago): Told => ({
    ...{ about: leaking, node: 'general-1', minutesAgo: [ago] },
    event: { kind: 'oom', isWarning: true, reason: 'OOMKilled', message: 'OOM-killed, exit code 137 after 3840 s' },
  })),
  ...[72, 8].map((ago): Told => ({
    ...{ about: leaking, node: 'general-1', minutesAgo: [ago] },
    event: { kind: 'restart', reason: 'Restarted', message: 'Started again, 2 restarts in all' },
  })),
  {
    ...{ about: crashing, node: 'general-2', minutesAgo: [2.2] },
    event: { kind: 'exit', isWarning: true, reason: 'Error', message: 'Ended with exit code 1 after 4 s' },
  },
  {
    ...{ about: crashing, node: 'general-2', minutesAgo: [1, 38] },
    event: {
      kind: 'kubernetes',
      isWarning: true,
      count: 41,
      reason: 'BackOff',
      message: 'Back-off restarting failed container',
    },
  },
  {
    ...{ about: hostile, node: 'general-2', minutesAgo: [5] },
    event: {
      kind: 'kubernetes',
      reason: '<script>alert(1)</script>',
      message: '"><img src=x onerror=alert(1)> \u202Egnp.exe',
    },
  },
  {
    ...{ about: null, node: 'batch-1', minutesAgo: [14] },
    event: { kind: 'node-silent', isWarning: true, reason: 'NoRecentData', message: 'Silent: the agent sends nothing' },
  },
];

/** What happened in the example fleet, for nodes by name. */
export function exampleEvents(nodes: readonly NodeRecord[], nowMs: number): readonly EventRecord[] {
  return told.map(({ about, node, minutesAgo: [last, first = last], event }, index): EventRecord => {
    const nodeId = nodes.find(({ name }) => name === node)?.id ?? '';
    return {
      id: `example/${index}`,
      isWarning: false,
      atMs: Math.round(nowMs - last * minuteMs),
      firstMs: Math.round(nowMs - first * minuteMs),
      count: 1,
      ...(about === null ? nobody : aboutOf(about, nodeId)),
      nodeId,
      node,
      ...event,
    };
  });
}

const nobody = { namespace: null, workload: null, pod: null, containerId: null, container: null };

function aboutOf({ namespace, workload, pod, name }: FleetContainer, nodeId: string) {
  return { namespace, workload, pod, containerId: `${nodeId}~${pod}-uid~${name}`, container: name };
}
