import { describe, expect, it } from '@jest/globals';
import type { Block } from '@docksnap/contract';
import { blocksOf, joined, type Row, type TickRows } from '../series/testing/blocks.ts';
import type { Steps } from '../series/steps.ts';
import { rollUp } from './roll-up.ts';
import type { NodeSums } from './sums.ts';

const cpu = 1;
const memory = 2;
const fiveMinutes: Steps = { fromMs: 0, stepMs: 300_000, count: 2 };

/** Ticks each ten seconds over [from, to] seconds. */
function ticks(from: number, to: number, rows: (at: number) => Row[], epoch = 'a'): TickRows[] {
  const count = (to - from) / 10 + 1;
  return Array.from({ length: count }, (_, index) => ({
    at: (from + index * 10) * 1000,
    rows: rows(from + index * 10),
    epoch,
  }));
}

const row = (micros: number, more: Partial<Row> = {}): Row => ({
  key: 'c',
  runtimeId: 'r',
  values: { [cpu]: micros, [memory]: 100 + (micros % 7) },
  ...more,
});
/** One core in use since second 0. */
const steady = (at: number): Row[] => [row(at * 1e6)];

function cpuOf(blocks: readonly Block[], steps = fiveMinutes): { increase: number[]; coveredMs: number[] } {
  const counter = rollUp(blocks, steps).entities.get('c')?.counters.get(cpu);
  return { increase: [...(counter?.increase ?? [])], coveredMs: [...(counter?.coveredMs ?? [])] };
}

describe('the sums of five minutes', () => {
  it('are all of what a counter grew by, and when', () => {
    expect(cpuOf(blocksOf(ticks(0, 600, steady)))).toEqual({ increase: [300e6, 300e6], coveredMs: [300_000, 300_000] });
  });

  it.each([
    [
      'a restart counts from 0 at its start',
      ticks(0, 600, (at) =>
        at < 150 ? steady(at) : [row((at - 145) * 1e6, { runtimeId: 's', startedAtMs: 145_000 })],
      ),
      [295e6, 300e6],
      [295_000, 300_000],
    ],
    [
      'a reset counts the new value since the last sample',
      ticks(0, 600, (at) => [row((at < 150 ? at : at - 140) * 1e6)]),
      [300e6, 300e6],
      [300_000, 300_000],
    ],
    [
      'a gap says nothing of its time',
      ticks(0, 600, steady).filter(({ at }) => at <= 100_000 || at >= 200_000),
      [200e6, 300e6],
      [200_000, 300_000],
    ],
    [
      'a sample that falls between two steps is shared by time',
      blocksOfTimes([280, 290, 320, 330]),
      [20e6, 30e6],
      [20_000, 30_000],
    ],
    [
      'a clock that was set back by two minutes counts each clock by itself',
      [...ticks(0, 300, steady), ...ticks(180, 600, (at) => [row((at + 120) * 1e6)], 'b')],
      [420e6, 300e6],
      [420_000, 300_000],
    ],
    [
      'a clock that was set forward by a minute leaves a gap',
      [...ticks(0, 200, steady), ...ticks(260, 600, (at) => [row((at - 60) * 1e6)], 'b')],
      [240e6, 300e6],
      [240_000, 300_000],
    ],
  ] as const)('%s', (_sentence, given, increase, coveredMs) => {
    expect(cpuOf(blocksOf(given))).toEqual({ increase: [...increase], coveredMs: [...coveredMs] });
  });

  it('are the same however late a block came and however ticks are cut into blocks', () => {
    const inTime = blocksOf(ticks(0, 600, steady));
    const late = [...inTime.slice(0, 20), ...inTime.slice(30), ...inTime.slice(20, 30)];
    expect(rollUp(late, fiveMinutes)).toEqual(rollUp(inTime, fiveMinutes));
    expect(rollUp(joined(inTime, 25), fiveMinutes)).toEqual(rollUp(inTime, fiveMinutes));
  });

  it('have the largest rate, and of a gauge the number, sum, smallest, largest and newest', () => {
    const burst = (at: number): Row[] => [
      { key: 'c', runtimeId: 'r', values: { [cpu]: (at <= 100 ? at : at + 30) * 1e6, [memory]: at } },
    ];
    const entity = rollUp(blocksOf(ticks(0, 600, burst)), fiveMinutes).entities.get('c');
    expect(entity?.counters.get(cpu)?.peakPerMs).toEqual(Float64Array.of(4000, 1000));
    expect(entity?.gauges.get(memory)).toEqual({
      counts: Float64Array.of(30, 30),
      sums: Float64Array.of(4650, 13_650),
      mins: Float64Array.of(10, 310),
      maxs: Float64Array.of(300, 600),
      lasts: Float64Array.of(300, 600),
    });
  });

  it('count the ticks and the watched time of the node, and when an entity was not there', () => {
    const sums: NodeSums = rollUp(
      blocksOf(
        ticks(0, 600, (at) => [
          { key: 'node', kind: 'node', values: { [cpu]: at } },
          ...(at < 200 ? [] : [row(at, { startedAtMs: 195_000 })]),
        ]),
      ),
      fiveMinutes,
    );
    expect(sums.ticks).toEqual(Float64Array.of(30, 30));
    expect(sums.watchedMs).toEqual(Float64Array.of(300_000, 300_000));
    expect(sums.entities.get('node')?.absentMs).toEqual(Float64Array.of(0, 0));
    expect(sums.entities.get('c')?.absentMs).toEqual(Float64Array.of(195_000, 0));
  });

  it('name the description that was told last', () => {
    const [one, other] = ['1'.repeat(32), '2'.repeat(32)];
    const given = ticks(0, 600, (at) => [row(at, { description: at < 300 ? one : other })]);
    const blocks = blocksOf(given);
    for (const order of [blocks, blocks.toReversed()]) {
      expect(rollUp(order, fiveMinutes).entities.get('c')?.description).toBe(other);
    }
  });
});

/** Ticks at these seconds, as `steady` has them. */
function blocksOfTimes(seconds: readonly number[]): TickRows[] {
  return seconds.map((at) => ({ at: at * 1000, rows: steady(at) }));
}
