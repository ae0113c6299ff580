import { describe, expect, it } from '@jest/globals';
import type { Block } from '@docksnap/contract';
import fc from 'fast-check';
import type { Row } from '../series/testing/blocks.ts';
import type { Steps } from '../series/steps.ts';
import { windowMs } from '../store/identifiers.ts';
import { StoreUnavailableError } from '../store/store.ts';
import { FaultyCollections } from '../testing/crash/faulty-collections.ts';
import { MemoryDatabase } from '../testing/crash/memory-database.ts';
import { Random } from '../testing/crash/random.ts';
import { TestClock } from '../testing/test-clock.ts';
import { rollUp } from './roll-up.ts';
import { RolledNode, rolledId, steadyBlocks } from './testing/rolled-node.ts';
import type { TierName } from './tiers.ts';

const cpu = 1;
const memory = 2;
const ids = new Set([cpu, memory]);
const hourMs = 3_600_000;
/** Across the edge of two spans of six hours. */
const startMs = Date.UTC(2026, 10, 24, 11);
const twoHours: Steps = { fromMs: startMs, stepMs: 300_000, count: 24 };

/** A container that starts anew each 25 minutes and uses half a core. */
function container(atMs: number): Row[] {
  const startedAtMs = atMs - (atMs % (25 * 60_000));
  const values = { [cpu]: (atMs - startedAtMs) * 500, [memory]: 1e6 + (atMs % 7777) };
  return [
    { key: 'node', kind: 'node', values: { [cpu]: atMs % 1e9 } },
    { key: 'pod/web', runtimeId: `r${startedAtMs}`, startedAtMs, values },
  ];
}

/** What is stored of the container, and what all the blocks give at once. */
async function compared(node: RolledNode, blocks: readonly Block[], tier: TierName = 'm5', steps = twoHours) {
  const opened = await node.reader.node(rolledId, { steps, tier, metricIds: ids });
  const stored = opened.tracks(({ key }) => key === 'pod/web')[0];
  const direct = rollUp(blocks, steps).entities.get('pod/web');
  return [stored, direct].map((track) => ({
    increase: [...(track?.counters.get(cpu)?.increase ?? [])].map((part) => Number(part.toFixed(2))),
    coveredMs: track?.counters.get(cpu)?.coveredMs,
    gauge: track?.gauges.get(memory),
    absentMs: track?.absentMs,
    watchedMs: track?.watchedMs,
  }));
}

describe('NodeRollUp', () => {
  const clock = new TestClock();

  it('gives window by window what all samples give at once, and removes its marks', async () => {
    const node = new RolledNode(new MemoryDatabase(clock), clock);
    const blocks = steadyBlocks(startMs + 5000, startMs + 2 * hourMs, container);
    for (let fromMs = startMs; fromMs < startMs + 2 * hourMs; fromMs += 3 * windowMs) {
      await node.store(blocks.filter(({ tickTimes: [at = 0] }) => at >= fromMs && at < fromMs + 3 * windowMs));
      await node.roll();
    }
    const [stored, direct] = await compared(node, blocks);
    expect(stored).toEqual(direct);
    expect(direct?.increase.reduce((sum, part) => sum + part, 0)).toBeGreaterThan(3.5e9);
    expect(await node.marks.list()).toEqual([]);
    expect((await node.spanMarks.list()).length).toBeGreaterThan(0);
  });

  it('takes in what came late, into a window and from the one before', async () => {
    const node = new RolledNode(new MemoryDatabase(clock), clock);
    const blocks = steadyBlocks(startMs + 5000, startMs + 2 * hourMs, container, { most: 60 });
    const late = blocks.filter((_, index) => index % 4 === 2);
    await node.store(blocks.filter((block) => !late.includes(block)));
    await node.roll();
    await node.store(late);
    await node.roll();
    const [stored, direct] = await compared(node, blocks);
    expect(stored).toEqual(direct);
  });

  it('keeps the mark of a part that never came for an hour', async () => {
    const ownClock = new TestClock();
    const node = new RolledNode(new MemoryDatabase(ownClock), ownClock);
    await node.marks.mark(rolledId, 7, 0);
    await node.roll();
    expect(await node.marks.list()).toHaveLength(1);
    ownClock.advance(hourMs + 1);
    await node.roll();
    expect(await node.marks.list()).toHaveLength(0);
  });

  it.each([
    [5000, true],
    [10_000, false],
  ])('keeps sums by the minute of scrapes each %d ms: %s', async (everyMs, kept) => {
    const node = new RolledNode(new MemoryDatabase(clock), clock);
    const blocks = steadyBlocks(startMs + 2000, startMs + hourMs, container, { everyMs, most: 12 });
    await node.store(blocks);
    await node.roll();
    const byMinute: Steps = { fromMs: startMs, stepMs: 60_000, count: 60 };
    const [stored, direct] = await compared(node, blocks, 'm1', byMinute);
    if (kept) expect(stored).toEqual(direct);
    else expect(stored?.increase).toEqual([]);
  });

  it('says how far it goes', async () => {
    const node = new RolledNode(new MemoryDatabase(clock), clock);
    await node.store(steadyBlocks(startMs + 5000, startMs + hourMs, container));
    await node.roll();
    const opened = await node.reader.node(rolledId, { steps: twoHours, tier: 'm5', metricIds: ids });
    expect(opened.throughMs).toBe(startMs + hourMs);
    expect(opened.entities.map(({ key }) => key).sort()).toEqual(['node', 'pod/web']);
    const nothing = await node.reader.node('0'.repeat(16), { steps: twoHours, tier: 'm5', metricIds: ids });
    expect(nothing.throughMs).toBe(startMs);
  });

  it('ends with the increases of the samples whoever dies at whichever call, late parts and two at once included', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const random = new Random(seed);
        const database = new MemoryDatabase(clock);
        const blocks = steadyBlocks(startMs + 5000, startMs + 2 * hourMs, container, { everyMs: 20_000, most: 30 });
        const replica = async (): Promise<void> => {
          const faulty = new FaultyCollections(database, random, () => ({ kill: 0.01, fail: 0.02, turns: 2 }));
          const node = new RolledNode(faulty, clock);
          const work = async (): Promise<void> => {
            await node.store(blocks.filter(() => random.chance(0.4)));
            await node.roll();
          };
          await Promise.race([work(), faulty.died]).catch((error: unknown) => {
            if (!(error instanceof StoreUnavailableError)) throw error;
          });
        };
        for (let round = 0; round < 4; round += 1) await Promise.all([replica(), replica()]);
        const calm = new RolledNode(database, clock);
        await calm.store(blocks);
        await calm.roll();
        const [stored, direct] = await compared(calm, blocks);
        expect(stored).toEqual(direct);
      }),
      { numRuns: 10 },
    );
  });
});
