import { describe, expect, it } from '@jest/globals';
import type { Statistic } from '@docksnap/contract';
import { folded, quantile } from './statistics.ts';

describe('quantile', () => {
  it.each([
    ['lies between neighbours in proportion', [1, 2, 3, 4], 0.5, 2.5],
    ['of a share that is a value', [5, 1, 3], 0.5, 3],
    ['of one value is that', [7], 0.95, 7],
    ['sorts by number', [10, 9, 100], 1, 100],
    ['leaves out what is not known', [NaN, 4, NaN, 2], 1, 4],
    ['of nothing is not known', [NaN, NaN], 0.5, NaN],
    ['of no values is not known', [], 0.5, NaN],
    ['knows values below 0', [-3, -1, -2], 0, -3],
  ])('%s', (_sentence, values, share, expected) => {
    expect(quantile(Float64Array.from(values), share)).toBe(expected);
  });
});

describe('folded', () => {
  const values = Float64Array.of(1, 5, 3, NaN, NaN, NaN, 2, NaN, 8);

  it.each<[Statistic, number[]]>([
    ['min', [1, NaN, 2]],
    ['max', [5, NaN, 8]],
    ['p50', [3, NaN, 5]],
  ])('gives the %s of each step', (statistic, expected) => {
    expect([...folded(values, 3, statistic)]).toEqual(expected);
  });

  it('leaves means as they are', () => {
    expect(folded(values, 1, 'mean')).toBe(values);
  });
});
