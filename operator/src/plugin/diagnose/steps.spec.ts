import { describe, expect, it } from '@jest/globals';
import { nodeSchema, podSchema } from '../../observed/objects.ts';
import type { Seen } from '../cluster.ts';
import { isWell, rowsOf } from '../status/rows.ts';
import { stepsOf } from './steps.ts';

const metadata = { uid: 'u', resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z' };
const ready = (is: boolean) => [{ type: 'Ready', status: is ? 'True' : 'False' }];
const node = (name: string, isReady = true) =>
  nodeSchema.parse({ metadata: { ...metadata, name, uid: name }, status: { conditions: ready(isReady) } });
const agent = (nodeName: string, status: object = { conditions: ready(true) }) =>
  podSchema.parse({
    metadata: {
      ...metadata,
      name: `agent-${nodeName}`,
      namespace: 'docksnap',
      labels: { 'app.kubernetes.io/instance': 'docksnap' },
    },
    spec: { nodeName },
    status: { phase: 'Running', ...status },
  });
const workload = (component: string, readyReplicas = 1) => ({
  kind: 'Deployment',
  metadata: {
    name: `docksnap-${component}`,
    namespace: 'docksnap',
    labels: { 'app.kubernetes.io/component': component },
  },
  spec: { replicas: 1 },
  status: { readyReplicas },
});
const condition = (type: string, status: 'True' | 'False', reason: string) => ({
  type,
  status,
  reason,
  message: `${reason} it is`,
  lastTransitionTime: '2026-01-01T00:00:00Z',
});
const monitor = (...conditions: ReturnType<typeof condition>[]): Seen['monitors'][number] => ({
  metadata: { name: 'docksnap', namespace: 'docksnap' },
  status: { unhealthyNodes: [], conditions },
});
const report = { silentMs: 2000, intervalMs: 10_000, backlogTicks: 0, agentVersion: '0.1.0', problems: [] };

const well: Seen = {
  monitors: [monitor(condition('Ready', 'True', 'Reporting'))],
  agents: [agent('node1'), agent('node2')],
  nodes: [node('node1'), node('node2')],
  workloads: [workload('operator'), workload('api'), workload('database')],
  reports: new Map([
    ['node1', report],
    ['node2', report],
  ]),
  unasked: [],
};

function firstFault(seen: Seen, only?: string): string[] {
  const failed = stepsOf(seen, only).find(({ faults }) => faults.length > 0);
  return failed === undefined ? [] : [failed.name, ...failed.faults];
}

describe('stepsOf', () => {
  it('finds nothing where all is well', () => {
    expect(firstFault(well)).toEqual([]);
    expect(isWell(rowsOf(well))).toBe(true);
  });

  const waiting = {
    state: { waiting: { reason: 'ImagePullBackOff', message: 'not found' } },
    ready: false,
    restartCount: 0,
  };
  const problem = { reason: 'KubeletForbidden', message: 'the kubelet forbids it' };

  it.each<[string, Partial<Seen>, RegExp]>([
    ['no monitor', { monitors: [] }, /there is a monitor.*there is no DockSnapMonitor: apply one/],
    [
      'one that is not accepted',
      { monitors: [monitor(condition('Accepted', 'False', 'OverlappingMonitor'))] },
      /accepted,docksnap\/docksnap: OverlappingMonitor: OverlappingMonitor it is/,
    ],
    ['no operator', { workloads: [workload('api')] }, /the operator runs,there is no operator: install the chart/],
    [
      'a database that does not run',
      { workloads: [workload('operator'), workload('api'), workload('database', 0)] },
      /the database runs,docksnap\/docksnap-database: 0 of 1 pods are ready; look: kubectl describe/,
    ],
    [
      'a conflict over the DaemonSet',
      { monitors: [monitor(condition('Reconciled', 'False', 'ApplyConflict'))] },
      /the agents are as the monitor asks,.*ApplyConflict/,
    ],
    [
      'a node that is not ready',
      { nodes: [node('node1', false), node('node2')] },
      /nodes are ready,.*node1 ready; look/,
    ],
    [
      'an image that cannot be pulled',
      { agents: [agent('node1', { containerStatuses: [waiting] }), agent('node2')] },
      /an agent runs on each,node1: ImagePullFailed: pod agent-node1: not found/,
    ],
    [
      'a kubelet that forbids',
      {
        reports: new Map([
          ['node1', { ...report, problems: [problem] }],
          ['node2', report],
        ]),
      },
      /agents read their kubelets.*,node1: KubeletForbidden: the kubelet forbids it/,
    ],
    [
      'a node that has long been silent',
      {
        reports: new Map([
          ['node1', { ...report, silentMs: 90_000 }],
          ['node2', report],
        ]),
      },
      /data is stored,node1: its data does not arrive; look: kubectl logs agent-node1/,
    ],
    ['an API that cannot be asked', { unasked: ['Error: refused'] }, /data is stored,an API could not be asked/],
  ])('names %s, and what to do', (_what, more, words) => {
    expect(firstFault({ ...well, ...more }).join()).toMatch(words);
  });

  it('waits longer for a node that is scraped seldom', () => {
    const seldom = { ...report, silentMs: 400_000, intervalMs: 300_000 };
    const reports = new Map([
      ['node1', seldom],
      ['node2', report],
    ]);
    expect(firstFault({ ...well, reports })).toEqual([]);
  });

  it('looks at one node alone', () => {
    const seen = { ...well, nodes: [node('node1', false), node('node2')] };
    expect(firstFault(seen, 'node2')).toEqual([]);
    expect(firstFault(seen, 'node3')).toEqual(['Kubernetes knows node3', 'there is no node node3: node1, node2']);
  });
});
