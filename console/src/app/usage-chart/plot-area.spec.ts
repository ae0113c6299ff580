import { describe, expect, it } from '@jest/globals';
import { noonMs } from '../../testing/answers.ts';
import { aChart } from '../../testing/charts.ts';
import { nearestIndex, plotArea, xOf, yOf } from './plot-area.ts';
import { valueScale } from './value-scale.ts';

const chart = aChart([1, 2, 3, 4]);
const area = plotArea(chart, 700, 214);

describe('plotArea', () => {
  it('begins at the first point and ends with the window', () => {
    expect([area.fromMs, area.toMs]).toEqual([noonMs - 180_000, noonMs]);
    expect([xOf(area, area.fromMs), xOf(area, area.toMs)]).toEqual([area.left, area.left + area.width]);
  });

  it('has the same edges with and without a strip, and is taller with one', () => {
    const strip = plotArea(aChart([1], { strip: { label: 'throttled', slot: 2, values: [0.1] } }), 700, 214);
    expect([strip.left, strip.right, strip.height]).toEqual([area.left, area.right, area.height]);
    expect(strip.totalHeight).toBeGreaterThan(area.totalHeight);
  });

  it('puts zero at the foot and the scale’s end at the top', () => {
    const scale = valueScale(chart);
    expect([yOf(area, scale, 0), yOf(area, scale, scale.top)]).toEqual([area.top + area.height, area.top]);
  });

  it.each([
    ['the left edge', 0, 0],
    ['just right of the middle of two points', area.left + area.width / 6 + 1, 1],
    ['beyond the right edge', 5000, 3],
  ])('finds the nearest point from %s', (_sentence, x, index) => {
    expect(nearestIndex(area, chart.timestamps, x)).toBe(index);
  });

  it('finds no point in an empty chart', () => {
    expect(nearestIndex(area, [], 100)).toBe(-1);
  });
});
