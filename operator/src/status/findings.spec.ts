import { describe, expect, it } from '@jest/globals';
import type { NodeHealth } from '../observed/node-health.ts';
import type { DaemonSet, Pod } from '../observed/objects.ts';
import { daemonSetSchema, podSchema } from '../observed/objects.ts';
import { availableFinding, dataFlowingFinding, reconciledFinding, unknownFinding } from './findings.ts';

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
  const complaint = { reason: 'CrashLooping', message: 'it ends again and again' };
  const reporting: NodeHealth = { name: 'a', state: 'reporting' };
  const waiting: NodeHealth = { name: 'b', state: 'waiting' };
  const silent: NodeHealth = { name: 'c', state: 'silent', complaint };
  const failing: NodeHealth = { name: 'd', state: 'failing', complaint };
  const away: NodeHealth = { name: 'e', state: 'away', complaint: { reason: 'NodeNotReady', message: 'm' } };

  it.each([
    ['all report for the first time', [reporting], false, ['True', 'Reporting']],
    ['one has not reported yet', [reporting, waiting], false, ['False', 'NoRecentData']],
    ['one that joined has not reported yet', [reporting, waiting], true, ['True', 'Reporting']],
    ['one is silent, not for long', [reporting, silent], true, ['True', 'Reporting']],
    ['one is silent and all never reported at once', [reporting, silent], false, ['False', 'NoRecentData']],
    ['one is failing', [reporting, failing], true, ['False', 'CrashLooping']],
    ['one is not ready for Kubernetes', [reporting, away], false, ['True', 'Reporting']],
    ['none reports', [silent], true, ['False', 'NoRecentData']],
    ['none is ready for Kubernetes', [away], true, ['False', 'NoRecentData']],
    ['there is no node', [], true, ['False', 'NoRecentData']],
  ])('%s', (_sentence, nodes, wasFlowing, expected) => {
    const { status, reason } = dataFlowingFinding(nodes, wasFlowing);
    expect([status, reason]).toEqual(expected);
  });

  it('says how many more are failing', () => {
    expect(dataFlowingFinding([failing, failing, failing], true).message).toBe(
      'it ends again and again (and 2 more nodes)',
    );
  });
});

describe('unknownFinding', () => {
  it.each([
    ['NotAskedYet', 'Unknown'],
    ['DestinationElsewhere', 'Unknown'],
    ['DestinationUnreachable', 'False'],
    ['CredentialsRejected', 'False'],
  ] as const)('is, for %s, %s', (reason, status) => {
    expect(unknownFinding({ kind: 'unknown', reason, message: 'm' })).toEqual({ status, reason, message: 'm' });
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
