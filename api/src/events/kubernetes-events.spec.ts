import { describe, expect, it } from '@jest/globals';
import type { LiveNodes } from '../live/live-nodes.ts';
import { KubernetesEvents } from './kubernetes-events.ts';
import { RecentEvents } from './recent-events.ts';

const nobody: Pick<LiveNodes, 'all'> = { all: () => [] };

const event = (uid: string, resourceVersion: string): object => ({
  metadata: { uid, resourceVersion, creationTimestamp: '2026-11-24T12:00:00Z' },
  regarding: { kind: 'Node', name: 'node-1' },
  reason: 'Rebooted',
});

/** What a watch is told before it ends, or fails. */
interface Script {
  readonly told: readonly (readonly [type: string, json: unknown])[];
  readonly fails?: boolean;
}

/** Watches that end as they are told to: their faults are what is tested. */
function followed(scripts: readonly Script[]) {
  const versions: (string | undefined)[] = [];
  const recent = new RecentEvents();
  const kube = {
    watchEvents: async (version: string | undefined, _: AbortSignal, take: (type: string, json: unknown) => void) => {
      const script = scripts[versions.length];
      versions.push(version);
      for (const [type, json] of script?.told ?? []) take(type, json);
      if (script?.fails === true) throw new Error('the connection broke');
      return Promise.resolve();
    },
  };
  return { versions, recent, events: new KubernetesEvents(kube, nobody, recent) };
}

/** Lets a watch that has ended be taken note of. */
const settled = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('KubernetesEvents', () => {
  it.each<[string, Script[], (string | undefined)[]]>([
    ['goes on after what it saw last', [{ told: [['ADDED', event('a', '7')]] }, { told: [] }], [undefined, '7']],
    ['goes on after a bookmark', [{ told: [['BOOKMARK', { metadata: { resourceVersion: '9' } }]] }], [undefined, '9']],
    [
      'begins anew where that is too old',
      [{ told: [['ADDED', event('a', '7')]] }, { told: [['ERROR', { code: 410 }]] }, { told: [] }],
      [undefined, '7', undefined],
    ],
    [
      'begins anew after a failure',
      [{ told: [['ADDED', event('a', '7')]], fails: true }, { told: [] }],
      [undefined, undefined],
    ],
  ])('%s', async (_sentence, scripts, versions) => {
    const { events, versions: asked } = followed(scripts);
    for (const [round, version] of versions.entries()) {
      events.follow();
      await settled();
      expect(asked[round]).toBe(version);
    }
    expect(asked).toEqual(versions);
  });

  it('takes what is added and changed, once', async () => {
    const { events, recent } = followed([
      {
        told: [
          ['ADDED', event('a', '7')],
          ['MODIFIED', event('a', '8')],
          ['DELETED', event('b', '9')],
          ['ADDED', null],
        ],
      },
    ]);
    events.follow();
    await settled();
    expect(recent.all()).toMatchObject([{ id: 'kubernetes/a', node: 'node-1', namespace: null, reason: 'Rebooted' }]);
  });

  it('is followed by one watch at a time', async () => {
    const { events, versions } = followed([]);
    events.follow();
    events.follow();
    await settled();
    expect(versions).toHaveLength(1);
  });
});
