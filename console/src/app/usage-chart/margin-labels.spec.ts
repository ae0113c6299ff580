import { describe, expect, it } from '@jest/globals';
import { aChart } from '../../testing/charts.ts';
import type { Chart } from './chart.ts';
import { marginLabels } from './margin-labels.ts';
import { plotArea, yOf } from './plot-area.ts';
import { valueScale } from './value-scale.ts';

const labels = (chart: Chart, width = 700) => marginLabels(chart, plotArea(chart, width, 214), valueScale(chart));

const two: Partial<Chart> = {
  lines: [
    { key: 'a', label: 'working set', slot: 1, values: [1, 2] },
    { key: 'b', label: 'RSS', slot: 3, values: [1, 1.99] },
  ],
};

describe('marginLabels', () => {
  it('names bounds with their value', () => {
    const chart = aChart([1], {
      bounds: [
        { kind: 'limit', label: 'limit', value: 2 },
        { kind: 'request', label: 'request', value: 0.5 },
      ],
    });
    expect(labels(chart).map((label) => label.text)).toEqual(['limit 2', 'request 0.5']);
  });

  it('puts a bound that is off the scale at the top, with an arrow', () => {
    const chart = aChart([0.1], { bounds: [{ kind: 'limit', label: 'limit', value: 4 }] });
    expect(labels(chart)).toEqual([{ text: 'limit 4 ↑', y: 26, slot: null }]);
  });

  it('gives a bound of bytes that is off the scale in its own unit', () => {
    const limit = { kind: 'limit', label: 'limit', value: 16 * 2 ** 30 } as const;
    expect(labels(aChart([2 ** 20], { measure: 'bytes', bounds: [limit] }))[0]?.text).toBe('limit 16\u00a0GiB ↑');
  });

  it('does not name a single line: the title does', () => {
    expect(labels(aChart([1, 2]))).toEqual([]);
  });

  it('keeps names apart that would lie on each other', () => {
    const placed = labels(aChart([1, 2], two));
    expect(placed.map((label) => label.text)).toEqual(['working set', 'RSS']);
    expect((placed[1]?.y ?? 0) - (placed[0]?.y ?? 0)).toBeGreaterThanOrEqual(14);
  });

  it('keeps names inside the plot when all lines end at its foot', () => {
    const lines = ['a', 'b', 'c'].map((label) => ({ key: label, label, slot: 1 as const, values: [10, 0] }));
    const chart = aChart([10, 0], { lines });
    const area = plotArea(chart, 700, 226);
    const placed = marginLabels(chart, area, valueScale(chart));
    expect(placed.map((label) => label.y)).toEqual([160, 174, 188].map((y) => y - 188 + area.top + area.height));
  });

  it('leaves line names out where the margin has no room: the legend has them', () => {
    expect(labels(aChart([1, 2], two), 360)).toEqual([]);
  });

  it('puts a band’s name into its middle, and leaves out those of bands that are too low', () => {
    const bands = [4, 0.01, 6].map((value, index) => ({
      key: String(index),
      label: `band ${index}`,
      slot: 'other' as const,
      values: [value],
    }));
    const chart = aChart([1], { lines: bands, stacked: true });
    const area = plotArea(chart, 700, 226);
    const placed = marginLabels(chart, area, valueScale(chart));
    expect(placed.map(({ text }) => text)).toEqual(['band 2', 'band 0']);
    expect(placed[1]?.y).toBeCloseTo(yOf(area, valueScale(chart), 2));
  });
});
