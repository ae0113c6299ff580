import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { aChart } from '../../testing/charts.ts';
import type { ChartBound } from './chart.ts';
import { isDrawn, valueScale } from './value-scale.ts';

const limit = (value: number): ChartBound => ({ kind: 'limit', label: 'limit', value });
const mebi = 2 ** 20;

describe('valueScale', () => {
  it.each([
    ['begins at zero and ends above the largest value', aChart([0.3, 1.82]), { top: 2, step: 0.5, decimals: 1 }],
    ['makes room for a near limit', aChart([1], { bounds: [limit(2)] }), { top: 2.5, step: 0.5, decimals: 1 }],
    ['leaves a far limit off', aChart([0.1], { bounds: [limit(2)] }), { top: 0.15, step: 0.05, decimals: 2 }],
    ['shows all bounds of a chart without values', aChart([null], { bounds: [limit(8)] }), { top: 10, step: 2 }],
    ['stands on one when nothing is known', aChart([null]), { top: 1, step: 0.2 }],
    ['names cores', aChart([1]), { unit: 'cores', divisor: 1 }],
    [
      'takes bytes in their binary unit',
      aChart([300 * mebi], { measure: 'bytes' }),
      { unit: 'MiB', divisor: mebi, top: 400 },
    ],
    ['shows memory in MiB at least', aChart([2 ** 18], { measure: 'bytes' }), { unit: 'MiB', top: 0.3 }],
    [
      'steps by quarters only in whole numbers',
      aChart([1200 * mebi], { measure: 'bytes' }),
      { unit: 'GiB', step: 0.5 },
    ],
    ['shows a trickle in B/s', aChart([0.4, 1.9], { measure: 'bytesPerSecond' }), { unit: 'B/s', top: 2, decimals: 1 }],
    ['speaks of kB/s where nothing flows', aChart([0], { measure: 'bytesPerSecond' }), { unit: 'kB/s' }],
    ['stays on scale for a tiny value', aChart([1e-6]), { top: 1.5e-6 }],
  ])('%s', (_sentence, chart, expected) => {
    expect(valueScale(chart)).toMatchObject(expected);
  });

  it('holds all values on three to six lines, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1e-5, max: 1e6, noNaN: true }), { minLength: 1 }), (values) => {
        const { top, step, divisor } = valueScale(aChart(values));
        expect(top * divisor).toBeGreaterThanOrEqual(Math.max(...values));
        expect(Math.round(top / step)).toBeGreaterThanOrEqual(2);
        expect(Math.round(top / step)).toBeLessThanOrEqual(5);
      }),
    );
  });
});

describe('isDrawn', () => {
  it.each([
    ['five times the largest value is near enough', 5, true],
    ['more is not', 5.01, false],
  ])('%s', (_sentence, value, drawn) => {
    expect(isDrawn(limit(value), aChart([1, 0.5]))).toBe(drawn);
  });
});
