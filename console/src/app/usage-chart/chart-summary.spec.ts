import { describe, expect, it } from '@jest/globals';
import { aChart } from '../../testing/charts.ts';
import { formatMinute } from '../units.ts';
import { noonMs } from '../../testing/answers.ts';
import { chartSummary, legendRows } from './chart-summary.ts';
import type { Chart } from './chart.ts';
import { valueScale } from './value-scale.ts';

const rows = (chart: Chart) =>
  legendRows(chart, valueScale(chart)).map((row) => [row.label, row.now, row.mean, row.max]);

describe('legendRows', () => {
  it('gives the newest, mean and largest known value', () => {
    expect(rows(aChart([1, null, 3, null]))).toEqual([['used', '3.00', '2.00', '3.00']]);
  });

  it('shows dashes where nothing is known, not zero', () => {
    expect(rows(aChart([null]))).toEqual([['used', '–', '–', '–']]);
  });

  it('has the strip as a share', () => {
    const chart = aChart([1], { strip: { label: 'throttled', slot: 2, values: [0.125] } });
    expect(rows(chart)[1]?.map((cell) => cell.replace('\u00a0', ' '))).toEqual([
      'throttled',
      '12.5 %',
      '12.5 %',
      '12.5 %',
    ]);
  });
});

describe('chartSummary', () => {
  it('says in sentences what the chart shows', () => {
    const chart = aChart([1, null, null, 0.5], { bounds: [{ kind: 'limit', label: 'limit', value: 2 }] });
    const at = (minutes: number) => formatMinute(noonMs - minutes * 60_000);
    expect(chartSummary(chart, valueScale(chart))).toBe(
      `CPU, cores, ${at(4)} to ${at(0)}. used: now 0.50, mean 0.75, highest 1.00. limit: 2.00. ` +
        `No samples ${at(3)} to ${at(0)}.`,
    );
  });
});
