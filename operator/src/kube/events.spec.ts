import { describe, expect, it } from '@jest/globals';
import { sampleMonitor } from '../testing/sample-monitor.ts';
import { Events } from './events.ts';

const monitor = sampleMonitor();
const silent = { type: 'Warning', reason: 'NodeSilent', note: 'node1 is silent' } as const;

/** What was sent, as words; and whether the API server answers. */
function told() {
  const sent: [method: string, path: string, body: unknown][] = [];
  const server = { isAway: false };
  const events = new Events((method, path, { body }) => {
    if (server.isAway) return Promise.reject(new Error('away'));
    sent.push([method, path.replace(/[0-9a-f]{16}$/, 'ID'), body]);
    return Promise.resolve();
  }, 'operator-1');
  return { events, sent, server };
}

describe('events of a monitor', () => {
  it('count what happens again in the event that is there', async () => {
    const { events, sent } = told();
    for (const minute of [0, 1, 2]) await events.tell(monitor, silent, minute * 60_000);
    const folder = '/apis/events.k8s.io/v1/namespaces/docksnap/events';
    expect(sent).toMatchObject([
      ['POST', folder, { reason: 'NodeSilent', regarding: { uid: monitor.metadata.uid } }],
      ['PATCH', `${folder}/docksnap.ID`, { series: { count: 2, lastObservedTime: '1970-01-01T00:01:00.000000Z' } }],
      ['PATCH', `${folder}/docksnap.ID`, { series: { count: 3, lastObservedTime: '1970-01-01T00:02:00.000000Z' } }],
    ]);
  });

  it.each([
    ['another note', { ...silent, note: 'node2 is silent' }, 1000],
    ['another reason', { ...silent, reason: 'NodeRecovered' }, 1000],
    ['more than six minutes later', silent, 360_001],
  ])('begin another for %s', async (_sentence, second, laterMs) => {
    const { events, sent } = told();
    await events.tell(monitor, silent, 0);
    await events.tell(monitor, second, laterMs);
    expect(sent.map(([method]) => method)).toEqual(['POST', 'POST']);
  });

  it('count nothing that was not taken', async () => {
    const { events, sent, server } = told();
    server.isAway = true;
    await expect(events.tell(monitor, silent, 0)).rejects.toThrow('away');
    server.isAway = false;
    await events.tell(monitor, silent, 1000);
    expect(sent.map(([method]) => method)).toEqual(['POST']);
  });
});
