import { describe, expect, it } from '@jest/globals';
import type { DockSnapMonitorStatus } from '../generated/monitor.ts';
import { happenings } from './transitions.ts';

function status(ready: 'True' | 'False', ...unhealthy: string[]): DockSnapMonitorStatus {
  return {
    unhealthyNodes: unhealthy.map((name) => ({ name, reason: 'NoRecentData', message: 'silent' })),
    conditions: [
      { type: 'Ready', status: ready, reason: 'r', message: 'm', lastTransitionTime: '2026-01-01T00:00:00Z' },
    ],
  };
}

describe('happenings', () => {
  it.each([
    ['nothing happens while nothing changes', status('False', 'a'), status('False', 'a'), []],
    ['nothing happens at first sight of a good monitor', undefined, status('True'), []],
    ['a node falls silent', status('True'), status('True', 'a'), ['NodeSilent']],
    ['several nodes fall silent and are one event', status('True'), status('True', 'a', 'b'), ['NodeSilent']],
    [
      'one recovers while another falls silent',
      status('True', 'a'),
      status('True', 'b'),
      ['NodeSilent', 'NodeRecovered'],
    ],
    ['the monitor becomes ready', status('False'), status('True'), ['Ready']],
  ])('%s', (_sentence, before, after, expected) => {
    expect(happenings(before, after).map(({ reason }) => reason)).toEqual(expected);
  });

  it('calls nobody recovered when the API cannot be asked', () => {
    const away = { type: 'DataFlowing', status: 'False', reason: 'DestinationUnreachable', message: '' } as const;
    const lastTransitionTime = '2026-01-01T00:00:00Z';
    expect(happenings(status('True', 'a'), { conditions: [{ ...away, lastTransitionTime }] })).toEqual([]);
  });

  it('names all nodes of an event', () => {
    expect(happenings(status('True'), status('True', 'a', 'b'))[0]?.note).toBe(
      'a: NoRecentData: silent\nb: NoRecentData: silent',
    );
  });
});
