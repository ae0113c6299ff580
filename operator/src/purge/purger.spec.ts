import { describe, expect, it } from '@jest/globals';
import type { Monitor } from '../monitor.ts';
import { daemonSetSchema, nodeSchema, podSchema } from '../observed/objects.ts';
import { KubeError } from '../kube/kube-error.ts';
import { sampleMonitor } from '../testing/sample-monitor.ts';
import { purgeFinalizer } from './finalizer.ts';
import type { Asked, Purged } from './purge-client.ts';
import { longestPurgeMs, Purger } from './purger.ts';

const deletedMs = Date.parse('2026-02-01T00:00:00Z');
const metadata = { resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z', namespace: 'docksnap' };
const labels = { 'kubernetes.io/os': 'linux' };
const node = (name: string, isReady = true) =>
  nodeSchema.parse({
    metadata: { ...metadata, namespace: undefined, name, uid: `${name}-uid`, labels },
    status: { conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }] },
  });
const pod = (nodeName: string) =>
  podSchema.parse({ metadata: { ...metadata, name: 'a', uid: 'a' }, spec: { nodeName }, status: { phase: 'Running' } });

function deleted(change: Partial<Monitor['metadata']> = {}): Monitor {
  const { metadata: own, ...rest } = sampleMonitor({ deletionPolicy: 'Purge' });
  const deletionTimestamp = new Date(deletedMs).toISOString();
  return { ...rest, metadata: { ...own, deletionTimestamp, finalizers: ['other', purgeFinalizer], ...change } };
}
const daemonSetOf = (monitor: Monitor) =>
  daemonSetSchema.parse({
    metadata: {
      ...metadata,
      name: 'docksnap-agent',
      uid: 'd',
      ownerReferences: [{ kind: 'DockSnapMonitor', name: 'docksnap', uid: monitor.metadata.uid }],
    },
  });

/** What the world is. */
interface World {
  readonly monitors?: readonly Monitor[];
  readonly daemonSet?: boolean;
  readonly pods?: readonly ReturnType<typeof pod>[];
  readonly answer?: Purged;
}

/** What was done to it. */
function world({
  monitors = [deleted()],
  daemonSet = false,
  pods = [],
  answer = { nodes: 2, pending: 0 },
}: World = {}) {
  const nodes = [node('ready'), node('away', false)];
  const done = { asked: [] as Asked[], finalizers: [] as (readonly string[])[], deleted: 0 };
  const purger = new Purger({
    caches: {
      monitors: () => monitors,
      nodes: () => nodes,
      node: (name) => nodes.find((one) => one.metadata.name === name),
      agents: () => pods,
      daemonSet: () => (daemonSet ? daemonSetOf(deleted()) : undefined),
    },
    writes: {
      writeFinalizers: (_monitor, finalizers) => Promise.resolve(void done.finalizers.push(finalizers)),
      deleteDaemonSet: () => Promise.resolve(void (done.deleted += 1)),
    },
    client: { ask: (asked) => Promise.resolve((done.asked.push(asked), answer)) },
  });
  return { done, turn: (nowMs = deletedMs + 1000) => purger.turn(monitors[0] ?? deleted(), nowMs), purger };
}

describe('the deletion of a monitor with deletionPolicy Purge', () => {
  it('takes the agents first', async () => {
    const { done, turn } = world({ daemonSet: true });
    expect(await turn()).toMatchObject({ isDone: false, message: expect.stringContaining('agents') });
    expect(done).toEqual({ asked: [], finalizers: [], deleted: 1 });
  });

  it('waits for agents that still end, for they may still push', async () => {
    const { done, turn } = world({ pods: [pod('ready')] });
    expect(await turn()).toMatchObject({ isDone: false, message: '1 of its agents are still ending' });
    expect(done.asked).toEqual([]);
  });

  it('does not wait for an agent on a node that is not ready', async () => {
    expect(await world({ pods: [pod('away')] }).turn()).toMatchObject({ isDone: true });
  });

  it('asks for every node that it selects, and lets go when all is removed', async () => {
    const { done, turn } = world();
    expect(await turn()).toMatchObject({ isDone: true, happened: { type: 'Normal', reason: 'Purged' } });
    const { uid } = deleted().metadata;
    expect(done.asked).toEqual([{ monitorUid: uid, nodeUids: ['ready-uid', 'away-uid'], goneNodes: true }]);
    expect(done.finalizers).toEqual([['other']]);
  });

  it('leaves nodes that are gone to the other monitors of the cluster', async () => {
    const other = sampleMonitor({});
    const { done, turn } = world({
      monitors: [
        deleted(),
        {
          ...other,
          metadata: { ...other.metadata, name: 'other', uid: 'o', creationTimestamp: '2026-01-02T00:00:00Z' },
        },
      ],
    });
    await turn();
    expect(done.asked).toMatchObject([{ nodeUids: ['ready-uid', 'away-uid'], goneNodes: false }]);
  });

  it('asks for no node that an older monitor has', async () => {
    const other = sampleMonitor({});
    const older = {
      ...other,
      metadata: { ...other.metadata, name: 'older', uid: 'o', creationTimestamp: '2025-01-01T00:00:00Z' },
    };
    const { done, turn } = world({ monitors: [deleted(), older] });
    await turn();
    expect(done.asked).toMatchObject([{ nodeUids: [] }]);
  });

  it.each<[string, Purged, string]>([
    ['the API still removes', { nodes: 5, pending: 3 }, '3 of 5 nodes'],
    ['the API does not answer', { why: 'it is away' }, 'it is away'],
  ])('waits while %s, for ten minutes, then gives up and says so', async (_sentence, answer, words) => {
    const { done, turn } = world({ answer });
    // The operator itself was away for a day.
    const backMs = deletedMs + 86_400_000;
    for (const nowMs of [backMs, backMs + longestPurgeMs - 1]) {
      expect(await turn(nowMs)).toMatchObject({ isDone: false, message: expect.stringContaining(words) });
    }
    expect(done.finalizers).toEqual([]);
    expect(await turn(backMs + longestPurgeMs)).toMatchObject({
      isDone: true,
      happened: { type: 'Warning', reason: 'PurgeGaveUp', note: expect.stringContaining(words) },
    });
    expect(done.finalizers).toEqual([['other']]);
  });
});

describe('the finalizer', () => {
  const own = ({ deletionPolicy, finalizers }: { deletionPolicy: 'Retain' | 'Purge'; finalizers: string[] }) => {
    const { metadata: kept, ...rest } = sampleMonitor({ deletionPolicy });
    return { ...rest, metadata: { ...kept, finalizers } };
  };

  it.each([
    ['is put on with Purge', 'Purge', [], [[purgeFinalizer]]],
    ['is left as it is with Purge', 'Purge', [purgeFinalizer], []],
    ['is taken off with Retain, and others are left', 'Retain', ['a', purgeFinalizer], [['a']]],
    ['is not there by default', 'Retain', [], []],
  ] as const)('%s', async (_sentence, deletionPolicy, finalizers, written) => {
    const { done, purger } = world();
    await purger.keepFinalizer(own({ deletionPolicy, finalizers: [...finalizers] }));
    expect(done.finalizers).toEqual(written);
  });

  it('is tried again later when somebody has written the monitor meanwhile', async () => {
    const conflict = new KubeError('conflict', 409, 'Conflict');
    const purger = new Purger({
      caches: {
        monitors: () => [],
        nodes: () => [],
        node: () => undefined,
        agents: () => [],
        daemonSet: () => undefined,
      },
      writes: { writeFinalizers: () => Promise.reject(conflict), deleteDaemonSet: () => Promise.resolve() },
      client: { ask: () => Promise.resolve({ nodes: 0, pending: 0 }) },
    });
    await expect(purger.keepFinalizer(own({ deletionPolicy: 'Purge', finalizers: [] }))).resolves.toBeUndefined();
  });
});
