import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PushedBlock } from '@docksnap/contract';
import { mergeBlocks } from '@docksnap/contract/codec';
import { type RunningApi, runningApi } from '../testing/running-api.ts';
import { epochA, epochB, podDescription, podHash, pushed } from '../testing/blocks.ts';
import { TestClock } from '../testing/test-clock.ts';
import { type TrialDatabase, trialDatabase } from '../testing/trial-database.ts';
import { windowMs } from './identifiers.ts';
import { Store, StoreUnavailableError, TickConflictError } from './store.ts';

const windowStart = Math.floor(Date.UTC(2026, 10, 24, 10) / windowMs) * windowMs;

describe.each([
  ['what is recent, by the log', windowStart + windowMs],
  ['what is old, straight into parts', windowStart + 100 * windowMs],
])('the store on a real FerretDB: %s', (_, nowMs) => {
  let database: TrialDatabase;
  let api: RunningApi;
  let store: Store;
  let names = 0;

  beforeAll(async () => {
    database = await trialDatabase();
    api = await runningApi({ uri: database.uri, clock: new TestClock(nowMs) });
    store = api.app.get(Store);
  });
  afterAll(async () => {
    await api.stop();
    await database.remove();
  });

  async function newNode(): Promise<string> {
    names += 1;
    return (await store.nodeFor('cluster', `node-${names}`, `uid-${names}`)).id;
  }
  function append(nodeId: string, blocks: readonly PushedBlock[], shiftMs = 0) {
    return store.append({ nodeId, blocks, report: undefined, skewMs: -shiftMs });
  }
  async function ticksOf(node: string, fromMs = 0, toMs = Number.MAX_SAFE_INTEGER): Promise<number[]> {
    const from = Math.max(fromMs, windowStart - 3 * windowMs);
    const blocks = await store.blocks(node, from, Math.min(toMs, windowStart + 10 * windowMs));
    return blocks.flatMap((block) => block.tickTimes);
  }

  it('gives a node one key for ever, and another to its namesake with another UID', async () => {
    const [first, second] = await Promise.all([store.nodeFor('c', 'n', 'u'), store.nodeFor('c', 'n', 'u')]);
    const reborn = await store.nodeFor('c', 'n', 'u2');
    expect(first.id).toMatch(/^[0-9a-f]{16}$/);
    expect(second.id).toBe(first.id);
    expect(reborn.id).not.toBe(first.id);
    expect((await store.nodes()).filter((node) => node.name === 'n')).toHaveLength(2);
  });

  it('gives back what was appended, value for value, in order', async () => {
    const node = await newNode();
    const [early, late] = [
      pushed({ seq: 1, tickTimes: [windowStart + 1000] }),
      pushed({ seq: 2, tickTimes: [windowStart + 11_000] }),
    ];
    expect(await append(node, [late, early])).toMatchObject({ stored: 2, duplicate: 0 });
    const blocks = await store.blocks(node, windowStart, windowStart + windowMs);
    expect(mergeBlocks(blocks)).toEqual(mergeBlocks([early.block, late.block]));
  });

  it('gives back blocks with ticks of the range, with the metrics asked for', async () => {
    const node = await newNode();
    await append(
      node,
      [0, 1, 2].map((i) => pushed({ seq: i + 1, tickTimes: [windowStart + i * 10_000] })),
    );
    const blocks = await store.blocks(node, windowStart + 5000, windowStart + 15_000, new Set([2]));
    expect(blocks.flatMap(({ tickTimes }) => tickTimes)).toContain(windowStart + 10_000);
    expect(await store.blocks(node, windowStart + 25_000, windowStart + windowMs)).toEqual([]);
    const metrics = blocks.flatMap((block) => block.groups.flatMap((group) => group.columns.map((c) => c.metric)));
    expect(new Set(metrics)).toEqual(new Set([2]));
  });

  it('counts a repeat as duplicate, also within one push, and stores it once', async () => {
    const node = await newNode();
    const block = pushed({ seq: 1, tickTimes: [windowStart, windowStart + 10_000] });
    expect(await append(node, [block, block])).toMatchObject({ stored: 2, duplicate: 2 });
    expect(await append(node, [block])).toMatchObject({ stored: 0, duplicate: 2 });
    expect(await ticksOf(node)).toEqual([windowStart, windowStart + 10_000]);
  });

  it('refuses a tick that comes again with other content, and then stores nothing of the push', async () => {
    const node = await newNode();
    await append(node, [pushed({ seq: 5, tickTimes: [windowStart] })]);
    const fresh = pushed({ seq: 4, tickTimes: [windowStart - 10_000] });
    const other = pushed({ seq: 5, tickTimes: [windowStart], cpuMicros: 7 });
    await expect(append(node, [fresh, other])).rejects.toThrow(TickConflictError);
    expect(await ticksOf(node)).toEqual([windowStart]);
  });

  it('refuses a block whose boundaries moved over a stored one', async () => {
    const node = await newNode();
    await append(node, [pushed({ seq: 1, tickTimes: [windowStart, windowStart + 10_000] })]);
    const moved = pushed({ seq: 2, tickTimes: [windowStart + 10_000, windowStart + 20_000] });
    await expect(append(node, [moved])).rejects.toMatchObject({ seq: 2, epoch: epochA });
  });

  it('keeps the same sequence number of two epochs apart', async () => {
    const node = await newNode();
    const blocks = [epochA, epochB].map((epoch) => pushed({ epoch, seq: 1, tickTimes: [windowStart] }));
    expect(await append(node, blocks)).toMatchObject({ stored: 2, duplicate: 0 });
    expect(await ticksOf(node)).toHaveLength(2);
  });

  it('splits a push over windows, and a block that reaches into the next window is found from there', async () => {
    const node = await newNode();
    const end = windowStart + windowMs;
    const blocks = [
      pushed({ seq: 1, tickTimes: [windowStart] }),
      pushed({ seq: 2, tickTimes: [end - 1000, end + 9000] }),
      pushed({ seq: 4, tickTimes: [end + windowMs] }),
    ];
    expect(await append(node, blocks)).toMatchObject({ stored: 4, duplicate: 0 });
    expect((await store.blocks(node, end + 5000, end + 9000)).map((block) => block.firstSeq)).toEqual([2]);
    expect(await append(node, blocks)).toMatchObject({ stored: 0, duplicate: 4 });
  });

  it('stores pushes of one node that come at once each exactly once', async () => {
    const node = await newNode();
    const blocks = Array.from({ length: 40 }, (_, i) => pushed({ seq: i + 1, tickTimes: [windowStart + i * 1000] }));
    const results = await Promise.all([...blocks, ...blocks].map((block) => append(node, [block])));
    expect(results.reduce((sum, { stored }) => sum + stored, 0)).toBe(40);
    expect(results.reduce((sum, { duplicate }) => sum + duplicate, 0)).toBe(40);
    expect(await ticksOf(node)).toEqual(blocks.flatMap(({ block }) => block.tickTimes));
  });

  it('takes the skew out of times at reading, wherever the parts lie', async () => {
    const node = await newNode();
    const shiftMs = -5 * windowMs - 1234;
    await append(node, [pushed({ seq: 1, tickTimes: [windowStart + 6 * windowMs] })], shiftMs);
    const seenMs = windowStart + windowMs - 1234;
    expect(await ticksOf(node, seenMs, seenMs)).toEqual([seenMs]);
    const [block] = await store.blocks(node, seenMs, seenMs);
    expect(block?.entities[2]?.startedAtMs).toBe(1_700_000_000_000 + shiftMs);
  });

  it('keeps descriptions by their hash, dots in label names included', async () => {
    const node = await newNode();
    await store.putDescriptions(node, new Map([[podHash, podDescription]]));
    await store.putDescriptions(node, new Map([[podHash, podDescription]]));
    const found = await store.descriptions(node, new Set([podHash, 'f'.repeat(32)]));
    expect([...found]).toEqual([[podHash, podDescription]]);
  });

  it('remembers an entity, and its earlier starts when it is written again', async () => {
    const node = await newNode();
    const start = (runtimeId: string, startedAtMs: number) => ({ runtimeId, startedAtMs, lastSeenMs: startedAtMs + 1 });
    const entity = { kind: 'container' as const, key: 'pod-1/web', description: undefined };
    await store.putEntities(node, [{ ...entity, lastSeenMs: 20, incarnations: [start('a', 10)] }]);
    await store.putEntities(node, [{ ...entity, lastSeenMs: 40, incarnations: [start('b', 30)] }]);
    expect(await store.entity(node, 'pod-1/web')).toEqual({
      ...entity,
      lastSeenMs: 40,
      incarnations: [start('b', 30), start('a', 10)],
    });
    expect(await store.entity(node, 'pod-1/other')).toBeUndefined();
  });

  it('says within five seconds that the database is away, and keeps all that it had acknowledged', async () => {
    const node = await newNode();
    const [before, during] = [
      pushed({ seq: 1, tickTimes: [windowStart] }),
      pushed({ seq: 2, tickTimes: [windowStart + 10_000] }),
    ];
    await append(node, [before]);
    await database.kill();
    const killedMs = Date.now();
    await expect(append(node, [during])).rejects.toThrow(StoreUnavailableError);
    const longAgo = windowStart - 10 * windowMs;
    await expect(store.blocks(node, longAgo, windowStart)).rejects.toThrow(StoreUnavailableError);
    expect(Date.now() - killedMs).toBeLessThan(2 * 5000);
    await database.start();
    const again = await append(node, [before, during]);
    // What was refused may have come to be stored all the same.
    expect(again.stored + again.duplicate).toBe(2);
    expect(await ticksOf(node)).toEqual([windowStart, windowStart + 10_000]);
  }, 30_000);
});
