import { inkOf } from '../chart-theme.ts';
import type { Values } from '../chart.ts';
import type { Frame } from './frame.ts';
import { eventLines, gapAreas } from './furniture.ts';
import { points } from './lines.ts';

/** The strip's axis ends at the first of these shares that holds all its values. */
const stripTops = [0.1, 0.25, 0.5, 1];

export function stripTop(values: Values): number {
  const highest = Math.max(0, ...values.filter((value) => value !== null));
  return stripTops.find((top) => highest <= top) ?? 1;
}

/** The share below the lines, in a grid of its own; nothing for charts without. */
export function stripSeries(frame: Frame) {
  const { strip, timestamps } = frame.chart;
  if (strip === null) return [];
  const color = inkOf(frame.theme, strip.slot);
  return [
    {
      id: 'strip',
      type: 'line',
      xAxisIndex: 1,
      yAxisIndex: 1,
      data: points(timestamps, strip.values, 1),
      symbol: 'none',
      silent: true,
      lineStyle: { width: 1.5, color },
      itemStyle: { color },
      areaStyle: { color, opacity: frame.theme.areaOpacity },
      markArea: gapAreas(frame),
      markLine: { silent: true, symbol: 'none', label: { show: false }, data: eventLines(frame, false) },
    },
  ];
}
