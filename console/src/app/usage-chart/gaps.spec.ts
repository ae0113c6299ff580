import { describe, expect, it } from '@jest/globals';
import { noonMs } from '../../testing/answers.ts';
import { aChart } from '../../testing/charts.ts';
import type { Values } from './chart.ts';
import { findGaps } from './gaps.ts';

/** Gaps as minutes before noon, in steps of a minute. */
const minutes = (values: Values) =>
  findGaps(aChart(values)).map((gap) => [(noonMs - gap.fromMs) / 60_000, (noonMs - gap.toMs) / 60_000]);

describe('findGaps', () => {
  it.each<[string, Values, number[][]]>([
    ['none where every step is known', [1, 1, 1], []],
    ['from the last point before to the first after', [1, null, null, 1], [[3, 0]]],
    ['from the left edge to the first point', [null, null, 1, 1], [[3, 1]]],
    ['not yet for one missing step at the right edge', [1, 1, null], []],
    ['to the right edge once more steps are missing', [1, 1, null, null], [[2, 0]]],
    [
      'several',
      [1, null, 1, null, 1],
      [
        [4, 2],
        [2, 0],
      ],
    ],
    ['all of a chart without values', [null, null, null], [[2, 0]]],
    ['none in a chart without steps', [], []],
    ['zero is a value', [0, 0, 0], []],
  ])('finds gaps: %s', (_sentence, values, expected) => {
    expect(minutes(values)).toEqual(expected);
  });

  it('waits 45 s at the right edge when steps are short', () => {
    const missing = (count: number) =>
      findGaps(
        aChart([1, 1, ...Array.from({ length: count }, () => null)], {
          window: { fromMs: 0, toMs: noonMs, stepSeconds: 15 },
        }),
      ).length;
    expect([missing(3), missing(4)]).toEqual([0, 1]);
  });

  it('counts a step as known when any line has a value', () => {
    const lines = [
      { key: 'a', label: 'a', slot: 1 as const, values: [1, null, 1] },
      { key: 'b', label: 'b', slot: 2 as const, values: [1, 1, 1] },
    ];
    expect(findGaps(aChart([1, null, 1], { lines }))).toEqual([]);
  });
});
