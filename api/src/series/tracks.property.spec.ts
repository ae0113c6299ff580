import { describe, expect, it } from '@jest/globals';
import type { Derivation } from '@docksnap/contract';
import fc from 'fast-check';
import { stepValues } from './step-sums.ts';
import type { Steps } from './steps.ts';
import { blocksOf, joined, type TickRows, tracksOf } from './testing/blocks.ts';
import { TrackReader } from './tracks.ts';

const cpu = 1;
const gapSeconds = 45;
const cores: Derivation = { kind: 'rate', from: ['cpuUsageMicros'], scale: 1e-6 };
const seconds = 600;

/** Samples of one counter on a clock of whole seconds: increments, resets, gaps. */
const samples = fc
  .array(
    fc.record({
      after: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 20 }) }, fc.integer({ min: 40, max: 60 })),
      by: fc.integer({ min: 0, max: 1e9 }),
      reset: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
    }),
    { maxLength: 60 },
  )
  .map((moves) => {
    let at = 0;
    let value = 5e9;
    return moves.map(({ after, by, reset }) => {
      at += after;
      value = reset ? Math.floor(value / 2) : value + by;
      return { at, value };
    });
  });
const axis = fc
  .record({
    first: fc.integer({ min: 0, max: 40 }),
    step: fc.integer({ min: 1, max: 90 }),
    count: fc.integer({ min: 1, max: 12 }),
  })
  .map(({ first, step, count }): Steps => ({ fromMs: first * step * 1000, stepMs: step * 1000, count }));

type Samples = readonly { readonly at: number; readonly value: number }[];

function ticksOf(given: Samples): TickRows[] {
  return given.map(({ at, value }) => ({
    at: at * 1000,
    rows: [{ key: 'c', runtimeId: 'r', values: { [cpu]: value } }],
  }));
}

/** By hand: what each second of the clock got, then whole seconds added up per step. Knows no step while it spreads. */
function bySecond(given: Samples, steps: Steps): { increase: number; coveredSeconds: number }[] {
  const perSecond = new Array<number | null>(seconds * 10).fill(null);
  given.slice(1).forEach(({ at, value }, index) => {
    const before = given[index] ?? { at: 0, value: 0 };
    const grown = value < before.value ? value : value - before.value;
    if (at - before.at <= gapSeconds) perSecond.fill(grown / (at - before.at), before.at, at);
  });
  return Array.from({ length: steps.count }, (_, step) => {
    const from = steps.fromMs / 1000 + (step * steps.stepMs) / 1000;
    const within = perSecond.slice(from, from + steps.stepMs / 1000).filter((rate) => rate !== null);
    return { increase: within.reduce((sum, rate) => sum + rate, 0), coveredSeconds: within.length };
  });
}

describe('tracksOf', () => {
  it('agrees with seconds added up by hand', () => {
    fc.assert(
      fc.property(samples, axis, (given, steps) => {
        const [track] = tracksOf(blocksOf(ticksOf(given)), steps, new Set([cpu]));
        const counter = track?.counters.get(cpu);
        bySecond(given, steps).forEach(({ increase, coveredSeconds }, index) => {
          expect(counter?.increase[index] ?? 0).toBeCloseTo(increase, 2);
          expect(counter?.coveredMs[index] ?? 0).toBeCloseTo(coveredSeconds * 1000, 6);
        });
      }),
    );
  });

  it('loses no increase: the steps add up to what the samples say', () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 90 }), (given, step) => {
        const count = Math.ceil((seconds * 6) / step);
        const all: Steps = { fromMs: 0, stepMs: step * 1000, count };
        const counter = tracksOf(blocksOf(ticksOf(given)), all, new Set([cpu]))[0]?.counters.get(cpu);
        const total = bySecond(given, { fromMs: 0, stepMs: seconds * 6 * 1000, count: 1 })[0]?.increase ?? 0;
        expect(counter?.increase.reduce((sum, part) => sum + part, 0) ?? 0).toBeCloseTo(total, 1);
      }),
    );
  });

  it('gives the same however ticks are cut into blocks', () => {
    fc.assert(
      fc.property(samples, axis, fc.integer({ min: 1, max: 60 }), (given, steps, most) => {
        const blocks = blocksOf(ticksOf(given));
        const read = (cut: typeof blocks): unknown =>
          stepValues(cores, tracksOf(cut, steps, new Set([cpu])), steps.count);
        expect(read(joined(blocks, most))).toEqual(read(blocks));
      }),
    );
  });

  it('gives the same however blocks are taken, some of them again', () => {
    fc.assert(
      fc.property(samples, axis, fc.integer({ min: 1, max: 20 }), (given, steps, most) => {
        const blocks = joined(blocksOf(ticksOf(given)), 3);
        const reader = new TrackReader(steps, new Set([cpu]));
        for (let from = 0; from < blocks.length; from += most) {
          reader.take(blocks.slice(Math.max(0, from - 1), from + most), () => true);
        }
        const all = tracksOf(blocks, steps, new Set([cpu]));
        expect(stepValues(cores, reader.tracks(), steps.count)).toEqual(stepValues(cores, all, steps.count));
        expect(reader.tracks()[0]?.absentMs).toEqual(all[0]?.absentMs);
      }),
    );
  });
});
