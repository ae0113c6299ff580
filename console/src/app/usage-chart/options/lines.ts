import { inkOf } from '../chart-theme.ts';
import type { ChartLine, Values } from '../chart.ts';
import type { Frame } from './frame.ts';

/** A point between two gaps has no line: it is drawn as a dot. */
export function points(timestamps: readonly number[], values: Values, divisor: number) {
  return timestamps.map((timestamp, index) => {
    const value = values[index] ?? null;
    const alone = value !== null && (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null;
    const point = [timestamp, value === null ? null : value / divisor];
    return alone ? { value: point, symbol: 'circle', symbolSize: 4 } : point;
  });
}

function line({ chart, scale, theme }: Frame, one: ChartLine, index: number) {
  const color = inkOf(theme, one.slot);
  const dashed = one.slot === 'earlier' ? { type: [4, 3] } : {};
  return {
    id: one.key,
    type: 'line',
    data: points(chart.timestamps, one.values, scale.divisor),
    symbol: 'none',
    silent: true,
    connectNulls: false,
    // The first line lies on top: it is the one that the chart is about.
    z: 10 - Math.min(8, index),
    lineStyle: { width: 1.5, color, ...dashed },
    itemStyle: { color },
  };
}

function band(frame: Frame, one: ChartLine, index: number) {
  const { lineStyle, ...rest } = line(frame, one, index);
  const areaStyle = { color: lineStyle.color, opacity: frame.theme.stackOpacity };
  return { ...rest, stack: 'all', lineStyle: { ...lineStyle, width: 0.5 }, areaStyle };
}

/** The chart's lines; an area lies under a single one, and under each where they are stacked. */
export function lineSeries(frame: Frame) {
  const { chart, theme } = frame;
  if (chart.stacked) return chart.lines.map((one, index) => band(frame, one, index));
  const solid = chart.lines.findIndex((one) => one.slot === 1);
  return chart.lines.map((one, index) => ({
    ...line(frame, one, index),
    ...(index === solid ? { areaStyle: { color: inkOf(theme, one.slot), opacity: theme.areaOpacity } } : {}),
  }));
}
