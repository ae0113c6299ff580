import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countsOf, edgesOf } from './buckets.ts';

describe('buckets', () => {
  it('reach from 0 to the largest value, in proportion above the first', () => {
    const edges = edgesOf([Float64Array.of(1, NaN, 1e4), Float64Array.of(3)], 5);
    expect(edges.map((edge) => Number(edge.toFixed(6)))).toEqual(
      [0, 1, 10, 100, 1000, 10_000].map((edge, index) => (index === 0 ? 0 : edge)),
    );
  });

  it('are one where nothing is above 0', () => {
    const series = [Float64Array.of(0, NaN), Float64Array.of(0, 0)];
    expect([edgesOf(series, 10), countsOf(series, edgesOf(series, 10), 2)]).toEqual([[0], [[2], [1]]]);
  });

  it('hold each value that is known once, within its edges', () => {
    const value = fc.oneof(fc.constant(NaN), fc.double({ min: 0, max: 1e12, noNaN: true }));
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 50 }),
        fc.integer({ min: 1, max: 100 }),
        (values, buckets) => {
          const series = values.map((one) => Float64Array.of(one));
          const edges = edgesOf(series, buckets);
          const [counts = []] = countsOf(series, edges, 1);
          const within = edges.slice(1).map((edge, index) => {
            const above = index === 0 ? -1 : (edges[index] ?? 0);
            return values.filter((one) => one > above && one <= edge).length;
          });
          expect(counts).toEqual(edges.length === 1 ? [values.filter((one) => !Number.isNaN(one)).length] : within);
        },
      ),
    );
  });
});
