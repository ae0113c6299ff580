import { describe, expect, it, jest } from '@jest/globals';
import type { Block } from '@docksnap/contract';
import fc from 'fast-check';
import { encodeBlock } from '@docksnap/contract/codec';
import { zstd } from '../codec/zstd.ts';
import { Memory } from '../live/memory.ts';
import { claimOf } from '../parts/claim.ts';
import { HeldBlock } from '../recent/held-block.ts';
import { Recent } from '../recent/recent.ts';
import { TestClock } from '../testing/test-clock.ts';
import type { Latest } from './latest.ts';
import { LatestValues } from './latest-values.ts';
import { NodeLatest } from './node-latest.ts';
import { blocksOf, type TickRows } from './testing/blocks.ts';

const keys = ['node', 'a', 'b'];
const cpu = 1;
const memory = 2;
const nowMs = Date.UTC(2026, 10, 24, 12);
const record = { id: 'n', cluster: 'c', name: 'node', uid: 'u' };
const epoch = (number: number): string => String(number).padStart(32, '0');

/** A node in memory, and how often its blocks were read back. */
function oneNode() {
  const recent = new Recent();
  const live = new Memory(new TestClock(nowMs), recent);
  const values = new LatestValues(live);
  const held: Block[] = [];
  const { ticks } = recent.node(record.id);
  const reads = jest.spyOn(ticks, 'read');
  const accept = (...blocks: Block[]): void => {
    for (const block of blocks) {
      const bytes = encodeBlock(block, zstd);
      ticks.add(HeldBlock.ofBlock(block, claimOf(block, bytes), 0, bytes));
      held.push(block);
    }
    const push = { blocks, descriptions: new Map(), report: undefined, clockSkewMs: 0, receivedMs: nowMs };
    live.accept(record, push);
  };
  const node = live.node(record);
  return { accept, held, reads, valuesOf: (key: string) => values.of(node).get(key) };
}

const ticks = (count: number): TickRows[] =>
  Array.from({ length: count }, (_, index) => ({
    at: nowMs + index * 10_000,
    epoch: epoch(1),
    rows: [{ key: 'a', runtimeId: 'r', values: { [cpu]: index * 5e6, [memory]: index } }],
  }));

/** What is long gone has no values; only when it was sampled last may be forgotten. */
function withoutTime({ cpuCores = null, workingSetBytes = null }: Partial<Latest> = {}) {
  return { cpuCores, workingSetBytes };
}

describe('LatestValues', () => {
  it('carries on from block to block without looking back', () => {
    const { accept, reads, valuesOf } = oneNode();
    for (const [index, block] of blocksOf(ticks(100)).entries()) {
      accept(block);
      expect(valuesOf('a')).toMatchObject({ cpuCores: index === 0 ? null : 0.5, workingSetBytes: index });
    }
    expect(reads).not.toHaveBeenCalled();
  });

  it('looks back once after a block that came late, and not for one that is too old to matter', () => {
    const { accept, reads, valuesOf } = oneNode();
    const [oldest, ...blocks] = blocksOf(ticks(40));
    const late = blocks.splice(-2, 1);
    accept(...blocks);
    expect(valuesOf('a')).toMatchObject({ cpuCores: 0.5, workingSetBytes: 39 });
    accept(...late);
    expect(valuesOf('a')).toMatchObject({ cpuCores: 0.5, workingSetBytes: 39 });
    valuesOf('a');
    expect(reads).toHaveBeenCalledTimes(1);
    if (oldest !== undefined) accept(oldest);
    valuesOf('a');
    expect(reads).toHaveBeenCalledTimes(1);
  });

  it('knows nothing of a node that has no tick, and of an entity that has no sample', () => {
    const { accept, valuesOf } = oneNode();
    expect(valuesOf('a')).toBeUndefined();
    accept(...blocksOf(ticks(1)));
    expect(valuesOf('b')).toBeUndefined();
  });

  it('says the same, in whatever order blocks come, as all of them read in order', () => {
    fc.assert(
      fc.property(schedules, ({ rows, order, reads }) => {
        const { accept, held, valuesOf } = oneNode();
        const blocks = blocksOf(rows);
        const arrivals = blocks.map((block, index) => [index + (order[index] ?? 0), block] as const);
        arrivals.sort(([one], [other]) => one - other);
        for (const [index, [, block]] of arrivals.entries()) {
          accept(block);
          if (reads[index] === false) continue;
          const whole = NodeLatest.of(held);
          for (const key of keys) expect(withoutTime(valuesOf(key))).toEqual(withoutTime(whole.get(key)));
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** Ticks with gaps, new epochs, restarts, resets, samples that lack, and how late each comes. */
const schedules = fc
  .array(
    fc.record({
      waitMs: fc.constantFrom(10_000, 10_000, 10_000, 20_000, 50_000, 120_000),
      epoch: fc.constantFrom('same', 'same', 'same', 'new'),
      rows: fc.array(
        fc.record({
          key: fc.constantFrom(...keys),
          age: fc.constantFrom(0, 1000, 9000, NaN),
          restart: fc.constantFrom(false, false, false, true),
          cpu: fc.integer({ min: -2, max: 20 }),
        }),
        { maxLength: 3 },
      ),
      late: fc.constantFrom(0, 0, 0, 0, 1, 2, 5),
      isRead: fc.boolean(),
    }),
    { minLength: 2, maxLength: 30 },
  )
  .map((steps) => {
    let atMs = nowMs;
    let number = 1;
    const starts = new Map<string, number>();
    const counters = new Map<string, number>();
    const rows = steps.map((step): TickRows => {
      if (step.epoch !== 'same') number += 1;
      atMs += step.waitMs;
      const byKey = new Map(step.rows.map((row) => [row.key, row]));
      return {
        at: atMs,
        epoch: epoch(number),
        rows: [...byKey.values()].map(({ key, age, restart, cpu: growth }) => {
          if (restart || !starts.has(key)) starts.set(key, atMs - 3000);
          const value = restart ? 1e6 : Math.max(0, (counters.get(key) ?? 0) + growth * 1e6);
          counters.set(key, value);
          const startedAtMs = starts.get(key) ?? 0;
          const intervalMs = key === 'b' ? 30_000 : 10_000;
          return {
            key,
            runtimeId: String(startedAtMs),
            startedAtMs,
            age,
            intervalMs,
            values: Number.isNaN(age) ? {} : { [cpu]: value, [memory]: value },
          };
        }),
      };
    });
    return { rows, order: steps.map(({ late }) => late), reads: steps.map(({ isRead }) => isRead) };
  });
