import type { Chart, Values } from '../app/usage-chart/chart.ts';
import type { ChartTheme } from '../app/usage-chart/chart-theme.ts';
import { aSeries } from './answers.ts';

/** A CPU chart of one line that ends at noon, in steps of a minute. */
export function aChart(values: Values, differences: Partial<Chart> = {}): Chart {
  const series = aSeries(values);
  return {
    key: 'cpu',
    title: 'CPU',
    note: '',
    measure: 'cores',
    window: series,
    timestamps: series.timestamps,
    lines: [{ key: 'cpuCores', label: 'used', slot: 1, values }],
    bounds: [],
    stacked: false,
    strip: null,
    events: [],
    ...differences,
  };
}

export const aTheme: ChartTheme = {
  surface: 'surface',
  axis: 'axis',
  axisText: 'axis-text',
  dayText: 'day-text',
  grid: 'grid',
  limitLine: 'limit-line',
  requestLine: 'request-line',
  gapFill: 'gap-fill',
  hatch: null,
  series: ['ink-1', 'ink-2', 'ink-3', 'ink-4', 'ink-5', 'ink-6', 'ink-7', 'ink-8'],
  other: 'ink-other',
  earlier: 'ink-earlier',
  events: { deploy: 'deploy', oom: 'oom', restart: 'restart' },
  areaOpacity: 0.14,
  stackOpacity: 0.86,
  font: 'Inter',
};
