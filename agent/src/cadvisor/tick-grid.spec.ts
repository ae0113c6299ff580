import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keptTicks, TickGrid, ticksOf } from './tick-grid.ts';

const startMs = 1_795_491_265_000;

/** The number of ticks of each read, at these times after the start. */
function counts(...afterMs: readonly number[]): readonly number[] {
  const grid = new TickGrid();
  return afterMs.map((each) => grid.next(startMs + each).tickTimes.length);
}

describe('the ticks of a read', () => {
  it.each<[string, readonly number[], readonly number[]]>([
    ['a minute of the past at first, then one for each second', [0, 10_000, 20_003, 29_996], [60, 10, 10, 10]],
    ['as many as cAdvisor keeps after a long pause', [0, 3_600_000], [60, keptTicks]],
    ['one at least', [0, 400], [60, 1]],
    ['one when the clock was set back, and then as before', [0, -5000, 5000], [60, 1, 10]],
  ])('are %s', (_what, times, expected) => {
    expect(counts(...times)).toEqual(expected);
  });

  it('follow those before, and end with the read', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 100, max: 100_000 }), { maxLength: 20 }), (pauses) => {
        const grid = new TickGrid();
        let [nowMs, lastMs] = [startMs, 0];
        for (const pause of pauses) {
          const { tickTimes } = grid.next(nowMs);
          expect(tickTimes.at(-1)).toBe(nowMs);
          expect(tickTimes.every((each, index) => each > (tickTimes[index - 1] ?? lastMs))).toBe(true);
          lastMs = nowMs;
          nowMs += pause;
        }
      }),
    );
  });

  it('say when the clock was set back', () => {
    const grid = new TickGrid();
    expect([0, 1000, 500].map((each) => grid.next(startMs + each).isReset)).toEqual([false, false, true]);
  });
});

describe('the tick of a sample', () => {
  it.each<[string, readonly number[], readonly number[]]>([
    ['the first one at or after it', [0, 100, 2001], [0, 1, 3]],
    ['the next one where two fall into one second', [100, 900, 1900], [1, 2, 3]],
    ['none for what is newer than the last', [500, 3500], [1, -1]],
    ['none where all are taken', [-3, -2, -1, 0, 1, 2], [0, 1, 2, 3, -1, -1]],
    ['the first for what came late', [-4000, 900], [0, 1]],
  ])('is %s', (_what, sampleTimes, expected) => {
    expect(ticksOf(sampleTimes, [0, 1000, 2000, 3000])).toEqual(expected);
  });
});
