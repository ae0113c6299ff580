import { describe, expect, it } from '@jest/globals';
import { anEvent, noonMs } from '../../testing/answers.ts';
import { chartEvents, eventRow } from './event-row.ts';

const nobody = { namespace: null, workload: null, pod: null, containerId: null, container: null };

describe('eventRow', () => {
  it.each([
    ['a container', anEvent(), 'shop/api, api', ['/containers', '00000000000000a1~pod-1~api']],
    ['a workload', anEvent({ containerId: null, pod: null }), 'shop/api', ['/workloads', 'shop', 'Deployment', 'api']],
    [
      'a pod that nobody knows any more',
      anEvent({ containerId: null, workload: null }),
      'shop/api-1',
      ['/namespaces', 'shop'],
    ],
    ['a node', anEvent({ ...nobody, kind: 'node-silent' }), 'node-1', ['/nodes', '00000000000000a1']],
    ['what is nowhere', anEvent({ ...nobody, node: null, nodeId: null }), '', null],
  ])('links to %s', (_sentence, event, name, link) => {
    expect(eventRow(event, noonMs)).toMatchObject({ name, link });
  });

  it('says how often a series happened, and what Kubernetes calls it', () => {
    const row = eventRow(
      anEvent({ kind: 'kubernetes', reason: 'BackOff', isWarning: true, count: 9, firstMs: noonMs - 60_000 }),
      noonMs,
    );
    expect(row).toMatchObject({ kind: 'BackOff', tone: 'warning' });
    expect(row.often).toMatch(/^9 times since \d\d:59:00$/);
  });
});

describe('chartEvents', () => {
  it('marks deploys with their tag, OOM kills and restarts, and nothing else', () => {
    const events = [
      anEvent({ kind: 'deploy', message: 'Deployment api: image shop/api:1.4 → shop/api:1.5' }),
      anEvent({ kind: 'deploy', message: 'image <script>' }),
      anEvent({ kind: 'oom' }),
      anEvent({ kind: 'restart' }),
      anEvent({ kind: 'kubernetes' }),
      anEvent({ kind: 'node-silent' }),
    ];
    expect(chartEvents(events).map(({ kind, label }) => [kind, label])).toEqual([
      ['deploy', 'api 1.5'],
      ['deploy', 'api deploy'],
      ['oom', 'OOM, api'],
      ['restart', 'restart, api'],
    ]);
  });
});
