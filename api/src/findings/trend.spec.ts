import { describe, expect, it } from '@jest/globals';
import { trendOf } from './trend.ts';

const points = (values: readonly number[]) => values.map((value, index) => ({ timeMs: index * 1000, value }));

describe('trendOf', () => {
  it.each([
    ['a line', [0, 2, 4, 6], 0.002, 1],
    ['a line with a wild point', [0, 2, 400, 6, 8], 0.002, 0.6],
    ['what falls', [3, 2, 1], -0.001, -1],
    ['what stands', [5, 5, 5], 0, 0],
    ['two hundred points, of which forty are looked at', Array.from({ length: 200 }, (_, index) => index), 0.001, 1],
  ])('of %s', (_sentence, values, perMs, steadiness) => {
    const trend = trendOf(points(values));
    expect(trend?.perMs).toBeCloseTo(perMs, 6);
    expect(trend?.steadiness).toBeCloseTo(steadiness, 6);
  });

  it('is not known of fewer than two', () => {
    expect([trendOf([]), trendOf(points([1]))]).toEqual([undefined, undefined]);
  });
});
