import { describe, expect, it } from '@jest/globals';
import type { Block } from '@docksnap/contract';
import fc from 'fast-check';
import type { Steps } from '../series/steps.ts';
import { blocksOf, tracksOf } from '../series/testing/blocks.ts';
import { coarsened } from './coarsen.ts';
import { decodeSums } from './decode-sums.ts';
import { encodeSums } from './encode-sums.ts';
import { rollUp } from './roll-up.ts';
import { nothingOn, spliced } from './splice.ts';
import type { NodeSums } from './sums.ts';

const cpu = 1;
const memory = 2;
const ids = new Set([cpu, memory]);
const hours = 2;
const steps: Steps = { fromMs: 0, stepMs: 300_000, count: 12 * hours };
const hourly: Steps = { fromMs: 0, stepMs: 3_600_000, count: hours };

interface Move {
  readonly afterMs: number;
  readonly by: number;
  readonly event: 'none' | 'reset' | 'restart' | 'away';
}

const moves = fc.array(
  fc.record<Move>({
    afterMs: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 900, max: 40_000 }) },
      fc.integer({ min: 44_000, max: 900_000 }),
    ),
    by: fc.integer({ min: 0, max: 1e9 }),
    event: fc.oneof(
      { weight: 12, arbitrary: fc.constant('none' as const) },
      fc.constantFrom('reset', 'restart', 'away'),
    ),
  }),
  { maxLength: 300 },
);

/** One container under a node, by its moves; the counter's samples are whole numbers at whole ms. */
function blocksAfter(given: readonly Move[]): Block[] {
  let at = 1000;
  let value = 7e9;
  let start = 0;
  const ticks = given.map(({ afterMs, by, event }) => {
    at += afterMs;
    if (event === 'restart') start = at - Math.min(afterMs, 700);
    value = event === 'none' || event === 'away' ? value + by : Math.floor(by / 2);
    const container = { key: 'c', runtimeId: `r${start}`, startedAtMs: start, values: { [cpu]: value, [memory]: by } };
    const node = { key: 'node', kind: 'node' as const, values: { [cpu]: at } };
    return { at, rows: event === 'away' ? [node] : [node, container] };
  });
  return blocksOf(ticks);
}

/** What the samples say, step by step added up by no roll-up: one step over all time. */
function rawIncrease(blocks: readonly Block[]): number {
  const all: Steps = { fromMs: 0, stepMs: hours * 3_600_000, count: 1 };
  const track = tracksOf(blocks, all, ids).find(({ key }) => key === 'c');
  return track?.counters.get(cpu)?.increase[0] ?? 0;
}

function increaseOf(sums: NodeSums): number {
  return (
    sums.entities
      .get('c')
      ?.counters.get(cpu)
      ?.increase.reduce((sum, part) => sum + part, 0) ?? 0
  );
}

/** As a job would: range by range, each from the blocks around it. */
function inPieces(blocks: readonly Block[], cuts: readonly number[]): NodeSums {
  const edges = [0, ...new Set(cuts), steps.count].sort((one, other) => one - other);
  let sums = nothingOn(steps);
  edges.slice(1).forEach((edge, index) => {
    const first = edges[index] ?? 0;
    const piece: Steps = { fromMs: first * steps.stepMs, stepMs: steps.stepMs, count: edge - first };
    const [fromMs, toMs] = [piece.fromMs - 60_000, edge * steps.stepMs + 60_000];
    const around = blocks.filter(({ tickTimes: [at = 0] }) => at >= fromMs && at <= toMs);
    if (piece.count > 0) sums = spliced([sums, rollUp(around, piece)], steps);
  });
  return sums;
}

function decoded(sums: NodeSums, only?: ReadonlySet<number>): NodeSums {
  return decodeSums([...encodeSums(sums).values()].flat(), sums.steps, only);
}

/** Comparable: peaks as stored. */
function plain(sums: NodeSums): unknown {
  const rounded = [...sums.entities.values()].map(({ counters, gauges, ...entity }) => ({
    ...entity,
    gauges,
    counters: [...counters].map(([id, { peakPerMs, ...counter }]) => [
      id,
      counter,
      peakPerMs.map((peak) => Math.round(peak * 1000)),
    ]),
  }));
  return { ...sums, entities: rounded.sort((one, other) => (one.key < other.key ? -1 : 1)) };
}

describe('sums of any samples', () => {
  it('have exactly the increases of the samples, whole or piece by piece, stored or not, by the hour or not', () => {
    fc.assert(
      fc.property(moves, fc.array(fc.integer({ min: 1, max: steps.count - 1 }), { maxLength: 4 }), (given, cuts) => {
        const blocks = blocksAfter(given).filter(({ tickTimes: [at = 0] }) => at <= hours * 3_600_000);
        const raw = Math.round(rawIncrease(blocks));
        for (const sums of [rollUp(blocks, steps), inPieces(blocks, cuts)]) {
          expect(Math.round(increaseOf(sums))).toBe(raw);
          expect(Math.round(increaseOf(coarsened(decoded(sums), hourly)))).toBe(raw);
        }
      }),
    );
  });

  it('come back as they were stored', () => {
    fc.assert(
      fc.property(moves, (given) => {
        const sums = rollUp(blocksAfter(given), steps);
        expect(plain(decoded(sums))).toEqual(plain(sums));
      }),
    );
  });

  it('are by the hour what samples make by the hour', () => {
    fc.assert(
      fc.property(moves, (given) => {
        const blocks = blocksAfter(given);
        const long = coarsened(rollUp(blocks, steps), hourly);
        const direct = rollUp(blocks, hourly);
        expect([...long.entities.keys()].sort()).toEqual([...direct.entities.keys()].sort());
        for (const [key, entity] of direct.entities) {
          const other = long.entities.get(key);
          expect(other?.gauges).toEqual(entity.gauges);
          for (const [id, counter] of entity.counters) {
            const found = other?.counters.get(id);
            expect(found?.peakPerMs).toEqual(counter.peakPerMs);
            counter.increase.forEach((part, index) => {
              expect(Math.abs((found?.increase[index] ?? NaN) - part)).toBeLessThan(0.002);
            });
            counter.coveredMs.forEach((ms, index) => {
              expect(Math.abs((found?.coveredMs[index] ?? NaN) - ms)).toBeLessThan(13);
            });
          }
        }
      }),
    );
  });

  it('are the same piece by piece', () => {
    fc.assert(
      fc.property(moves, fc.array(fc.integer({ min: 1, max: steps.count - 1 }), { maxLength: 4 }), (given, cuts) => {
        const blocks = blocksAfter(given).map((block) => ({ ...block, intervalMs: 10_000 }));
        const [whole, pieces] = [rollUp(blocks, steps), inPieces(blocks, cuts)];
        const [one, other] = [whole, pieces].map((sums) => sums.entities.get('c')?.gauges.get(memory));
        expect(other).toEqual(one);
        expect(pieces.ticks).toEqual(whole.ticks);
      }),
    );
  });
});
