import { describe, expect, it } from '@jest/globals';
import { workloadOf } from './workload.ts';

const owned = (kind: string, name: string, labels: Record<string, string> = {}) => ({
  ownerReferences: [
    { kind: 'Other', name: 'not-the-controller' },
    { kind, name, controller: true },
  ],
  labels,
});

describe('workloadOf', () => {
  it.each<[string, unknown, object | undefined]>([
    [
      "a Deployment's pod is the Deployment's",
      owned('ReplicaSet', 'web-7f76dbf75c', { 'pod-template-hash': '7f76dbf75c' }),
      { kind: 'Deployment', name: 'web' },
    ],
    [
      "a ReplicaSet's own pod is the ReplicaSet's",
      owned('ReplicaSet', 'web-7f76dbf75c'),
      { kind: 'ReplicaSet', name: 'web-7f76dbf75c' },
    ],
    [
      'a hash that is not in the name tells of no Deployment',
      owned('ReplicaSet', 'web', { 'pod-template-hash': '7f76dbf75c' }),
      { kind: 'ReplicaSet', name: 'web' },
    ],
    ["a CronJob's Job", owned('Job', 'report-29925373'), { kind: 'CronJob', name: 'report' }],
    ["a Job's own pod", owned('Job', 'migrate'), { kind: 'Job', name: 'migrate' }],
    ['a Job with a number of its own', owned('Job', 'migrate-42'), { kind: 'Job', name: 'migrate-42' }],
    ["a DaemonSet's", owned('DaemonSet', 'agent'), { kind: 'DaemonSet', name: 'agent' }],
    ["a StatefulSet's", owned('StatefulSet', 'database'), { kind: 'StatefulSet', name: 'database' }],
    ["a static pod is its node's", owned('Node', 'node-1'), { kind: 'Node', name: 'node-1' }],
    ['a pod on its own', {}, undefined],
    ['an owner that is no controller', { ownerReferences: [{ kind: 'Job', name: 'a' }] }, undefined],
    ['nonsense', 'x', undefined],
  ])('%s', (_what, metadata, expected) => {
    expect(workloadOf(metadata)).toEqual(expected);
  });
});
