import { describe, expect, it } from '@jest/globals';
import type { DaemonSet, Pod } from '../observed/objects.ts';
import { daemonSetSchema, podSchema } from '../observed/objects.ts';
import { availableFinding, dataFlowingFinding, reconciledFinding } from './findings.ts';

function daemonSet(counts: { desired: number; updated?: number; seen?: number }): DaemonSet {
  return daemonSetSchema.parse({
    metadata: { name: 'd', uid: 'u', resourceVersion: '1', generation: 2, creationTimestamp: '' },
    status: {
      observedGeneration: counts.seen ?? 2,
      desiredNumberScheduled: counts.desired,
      updatedNumberScheduled: counts.updated ?? counts.desired,
    },
  });
}

function pod(ready: boolean, waiting?: string): Pod {
  const state = waiting === undefined ? {} : { waiting: { reason: waiting, message: 'why' } };
  return podSchema.parse({
    metadata: { name: 'p', namespace: 'ns', uid: 'p', resourceVersion: '1', creationTimestamp: '' },
    spec: {},
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      containerStatuses: [{ ready, restartCount: 1, state }],
    },
  });
}

describe('availableFinding', () => {
  it.each([
    ['no DaemonSet yet', undefined, [], 0, ['False', 'RollingOut']],
    ['a spec the controller has not seen', daemonSet({ desired: 1, seen: 1 }), [pod(true)], 0, ['False', 'RollingOut']],
    ['no node that matches', daemonSet({ desired: 0 }), [], 0, ['False', 'NoMatchingNodes']],
    ['an agent that is not ready', daemonSet({ desired: 2 }), [pod(true), pod(false)], 0, ['False', 'RollingOut']],
    [
      'an agent that is not up to date',
      daemonSet({ desired: 2, updated: 1 }),
      [pod(true), pod(true)],
      0,
      ['False', 'RollingOut'],
    ],
    [
      'an image that cannot be had',
      daemonSet({ desired: 1 }),
      [pod(false, 'ImagePullBackOff')],
      0,
      ['False', 'ImagePullFailed'],
    ],
    [
      'a ConfigMap that is missing',
      daemonSet({ desired: 1 }),
      [pod(false, 'CreateContainerConfigError')],
      0,
      ['False', 'MissingReference'],
    ],
    ['all agents ready', daemonSet({ desired: 2 }), [pod(true), pod(true)], 0, ['True', 'AllNodesReady']],
    ['a node that is not ready', daemonSet({ desired: 2, updated: 1 }), [pod(true)], 1, ['True', 'AllNodesReady']],
  ])('%s', (_sentence, found, podsOnReadyNodes, nodesNotReady, expected) => {
    const { status, reason } = availableFinding({ daemonSet: found, podsOnReadyNodes, nodesNotReady });
    expect([status, reason]).toEqual(expected);
  });
});

describe('dataFlowingFinding', () => {
  const known = { kind: 'known', askedAtMs: 0, byNodeUid: new Map() } as const;
  const good = { name: 'a', reporting: true, failing: false };
  const named = {
    name: 'b',
    reporting: false,
    failing: false,
    complaint: { reason: 'NoRecentData', message: 'b is silent' },
  };

  it.each([
    ['all report', [good], ['True', 'Reporting']],
    ['one is named and not failing', [good, named], ['True', 'Reporting']],
    ['one is failing', [good, { ...named, failing: true }], ['False', 'NoRecentData']],
    ['none reports', [named], ['False', 'NoRecentData']],
    ['none reports yet', [{ ...good, reporting: false }], ['False', 'NoRecentData']],
    ['there is no node', [], ['False', 'NoRecentData']],
  ])('%s', (_sentence, nodes, expected) => {
    const { status, reason } = dataFlowingFinding(nodes, known);
    expect([status, reason]).toEqual(expected);
  });

  it.each([
    ['NotAskedYet', 'Unknown'],
    ['DestinationUnreachable', 'False'],
    ['CredentialsRejected', 'False'],
  ] as const)('is %s when the API says nothing', (reason, status) => {
    expect(dataFlowingFinding([good], { kind: 'unknown', reason, message: 'm' })).toEqual({
      status,
      reason,
      message: 'm',
    });
  });
});

describe('reconciledFinding', () => {
  it.each([
    [{ kind: 'applied' }, ['True', 'Applied']],
    [{ kind: 'paused' }, ['True', 'Paused']],
    [{ kind: 'failed', reason: 'NameTaken', message: 'm' }, ['False', 'NameTaken']],
  ] as const)('says of %j what it is', (applied, expected) => {
    const { status, reason } = reconciledFinding(applied);
    expect([status, reason]).toEqual(expected);
  });
});
