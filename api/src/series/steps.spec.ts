import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lay, spread, stepEnds, stepOf } from './steps.ts';

const steps = { fromMs: 120_000, stepMs: 60_000, count: 3 };

describe('a step is (t - step, t]', () => {
  it.each([
    ['the edge before the axis lies before it', 120_000, -1],
    ['a millisecond later begins the first step', 120_001, 0],
    ['a step owns its end', 180_000, 0],
    ['the end of the last step is its own', 300_000, 2],
    ['what comes later lies behind', 300_001, 3],
  ])('%s', (_sentence, timeMs, index) => {
    expect(stepOf(steps, timeMs)).toBe(index);
  });

  it('is called by its end', () => {
    expect(stepEnds(steps)).toEqual([180_000, 240_000, 300_000]);
  });
});

describe('spread', () => {
  it.each([
    ['within one step, all goes there', 130_000, 170_000, [80, 0, 0]],
    ['across an edge, in proportion to time', 160_000, 200_000, [40, 40, 0]],
    ['up to an edge, nothing spills over', 120_000, 180_000, [80, 0, 0]],
    ['over the whole axis and beyond, the rest is not lost into the edges', 60_000, 360_000, [16, 16, 16]],
    ['wholly before, nothing', 10_000, 120_000, [0, 0, 0]],
    ['wholly behind, nothing', 300_000, 310_000, [0, 0, 0]],
  ])('%s', (_sentence, fromMs, toMs, expected) => {
    const into = new Float64Array(3);
    spread(steps, into, fromMs, toMs, 80);
    expect([...into]).toEqual(expected);
  });

  it('loses nothing of an interval within the axis', () => {
    const time = fc.integer({ min: 120_000, max: 300_000 });
    fc.assert(
      fc.property(time, time, fc.integer({ min: 0, max: 1e12 }), (one, other, amount) => {
        fc.pre(one !== other);
        const into = new Float64Array(3);
        spread(steps, into, Math.min(one, other), Math.max(one, other), amount);
        const total = into.reduce((sum, part) => sum + part, 0);
        expect(Math.abs(total - amount)).toBeLessThanOrEqual(1e-9 * amount);
      }),
    );
  });
});

describe('lay puts the largest rate of what crosses a step', () => {
  it.each([
    ['into one step', [[130_000, 170_000, 5]], [5, NaN, NaN]],
    ['into both sides of an edge', [[160_000, 200_000, 5]], [5, 5, NaN]],
    ['but not into the step that ends where an interval begins', [[180_000, 200_000, 5]], [NaN, 5, NaN]],
    ['and not into the step that begins where it ends', [[130_000, 180_000, 5]], [5, NaN, NaN]],
    [
      'and a smaller one changes nothing',
      [
        [130_000, 140_000, 5],
        [140_000, 150_000, 4],
      ],
      [5, NaN, NaN],
    ],
    [
      'and a larger one does',
      [
        [130_000, 140_000, 4],
        [140_000, 190_000, 5],
      ],
      [5, 5, NaN],
    ],
    [
      'and what is beyond the axis does not',
      [
        [60_000, 120_000, 5],
        [300_000, 310_000, 5],
      ],
      [NaN, NaN, NaN],
    ],
  ] as const)('%s', (_sentence, intervals, expected) => {
    const into = empty();
    for (const [fromMs, toMs, perMs] of intervals) lay(steps, into, fromMs, toMs, perMs * (toMs - fromMs));
    expect([...into.peakPerMs]).toEqual([...expected]);
  });
});

function empty() {
  return {
    increase: new Float64Array(3),
    coveredMs: new Float64Array(3),
    peakPerMs: new Float64Array(3).fill(NaN),
  };
}

describe('lay', () => {
  it('spreads what has grown, and the time in which it did', () => {
    const time = fc.integer({ min: 60_000, max: 360_000 });
    fc.assert(
      fc.property(time, time, fc.integer({ min: 0, max: 1e12 }), (one, other, increase) => {
        fc.pre(one !== other);
        const [fromMs, toMs] = [Math.min(one, other), Math.max(one, other)];
        const [into, grown, covered] = [empty(), new Float64Array(3), new Float64Array(3)];
        lay(steps, into, fromMs, toMs, increase);
        spread(steps, grown, fromMs, toMs, increase);
        spread(steps, covered, fromMs, toMs, toMs - fromMs);
        expect([...into.increase]).toEqual([...grown]);
        for (const [index, ms] of covered.entries()) expect(into.coveredMs[index]).toBeCloseTo(ms, 6);
      }),
    );
  });
});
