import { describe, expect, it } from '@jest/globals';
import { kubernetesEvent, type Named, type Place } from './kubernetes-event.ts';

const place: Place = {
  workload: { kind: 'Deployment', name: 'web' },
  containerId: 'n1~p~web',
  nodeId: 'n1',
  node: 'node-1',
};
const nobody: Place = { workload: null, containerId: null, nodeId: null, node: null };

/** As a kubelet's event of a container that is started too often looks. */
const backOff = {
  metadata: { uid: 'e1', namespace: 'shop', creationTimestamp: '2026-11-24T12:00:00Z', resourceVersion: '77' },
  regarding: { kind: 'Pod', namespace: 'shop', name: 'web-1', uid: 'p', fieldPath: 'spec.containers{web}' },
  type: 'Warning',
  reason: 'BackOff',
  note: 'Back-off restarting failed container',
  eventTime: null,
  deprecatedFirstTimestamp: '2026-11-24T12:00:00Z',
  deprecatedLastTimestamp: '2026-11-24T12:05:00Z',
  deprecatedCount: 9,
};

describe('kubernetesEvent', () => {
  it('tells a kubelet’s series about a container', () => {
    const asked: Named[] = [];
    const event = kubernetesEvent(backOff, (named) => {
      asked.push(named);
      return place;
    });
    expect(asked).toEqual([{ podUid: 'p', container: 'web', node: '' }]);
    expect(event).toEqual({
      id: 'kubernetes/e1',
      kind: 'kubernetes',
      isWarning: true,
      atMs: Date.UTC(2026, 10, 24, 12, 5),
      firstMs: Date.UTC(2026, 10, 24, 12),
      count: 9,
      reason: 'BackOff',
      message: 'Back-off restarting failed container',
      namespace: 'shop',
      pod: 'web-1',
      container: 'web',
      ...place,
    });
  });

  it.each<[string, object, object]>([
    [
      'a series of today',
      { eventTime: '2026-11-24T12:00:00.5Z', series: { count: 3, lastObservedTime: '2026-11-24T12:09:00.000001Z' } },
      { count: 3, atMs: Date.UTC(2026, 10, 24, 12, 9) },
    ],
    ['an event without a series', { deprecatedLastTimestamp: null, deprecatedCount: null }, { count: 1 }],
    [
      'a node, which is in no namespace',
      { regarding: { kind: 'Node', name: 'node-1', uid: 'node-1' } },
      { namespace: null, pod: null, container: null },
    ],
    [
      'a workload',
      { regarding: { kind: 'Job', namespace: 'batch', name: 'report' } },
      { namespace: 'batch', workload: { kind: 'Job', name: 'report' } },
    ],
    [
      'what has no page: the message names it',
      { regarding: { kind: 'Secret', namespace: 'shop', name: 'key' }, note: 'was rotated' },
      { message: 'Secret key: was rotated', workload: null },
    ],
    ['a text without end', { note: 'x'.repeat(100_000) }, { message: 'x'.repeat(1024) }],
  ])('tells %s', (_sentence, differences, expected) => {
    expect(kubernetesEvent({ ...backOff, ...differences }, () => nobody)).toMatchObject(expected);
  });

  it.each<[string, unknown]>([
    ['nothing', null],
    ['a bookmark', { metadata: { resourceVersion: '80' } }],
    [
      'an event without a time',
      { ...backOff, metadata: { uid: 'e1' }, deprecatedFirstTimestamp: 'soon', deprecatedLastTimestamp: 'later' },
    ],
    ['a count that is a text', { ...backOff, deprecatedCount: 'many' }],
  ])('takes %s for no event', (_sentence, json) => {
    expect(kubernetesEvent(json, () => nobody)).toBeUndefined();
  });
});
