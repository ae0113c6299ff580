import type { EChartsCoreOption } from 'echarts/core';
import { formatDay, formatMinute } from '../units.ts';
import type { ChartTheme } from './chart-theme.ts';
import type { Chart, ChartBound, SeriesSlot, Values } from './chart.ts';
import { findGaps } from './gaps.ts';
import type { PlotArea } from './plot-area.ts';
import { isMidnight, timeTicks } from './time-ticks.ts';
import { isDrawn, type ValueScale } from './value-scale.ts';

interface Frame {
  readonly chart: Chart;
  readonly area: PlotArea;
  readonly scale: ValueScale;
  readonly theme: ChartTheme;
}

const dash = { limit: [5, 3], request: [2, 3] };

/** The strip's axis ends at the first of these shares that holds all its values. */
const stripTops = [0.1, 0.25, 0.5, 1];

export function stripTop(values: Values): number {
  const highest = Math.max(0, ...values.filter((value) => value !== null));
  return stripTops.find((top) => highest <= top) ?? 1;
}

/** A point between two gaps has no line: it is drawn as a dot. */
function points(timestamps: readonly number[], values: Values, divisor: number) {
  return timestamps.map((timestamp, index) => {
    const value = values[index] ?? null;
    const alone = value !== null && (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null;
    const point = [timestamp, value === null ? null : value / divisor];
    return alone ? { value: point, symbol: 'circle', symbolSize: 4 } : point;
  });
}

function color(theme: ChartTheme, slot: SeriesSlot): string {
  return theme.series[slot - 1] ?? theme.axisText;
}

function boundLine(bound: ChartBound, { scale, theme }: Frame) {
  return {
    yAxis: bound.value / scale.divisor,
    lineStyle: {
      color: bound.kind === 'limit' ? theme.limitLine : theme.requestLine,
      type: dash[bound.kind],
      width: 1.2,
    },
  };
}

function gapAreas({ chart, theme }: Frame) {
  return {
    silent: true,
    itemStyle: { color: theme.hatch === null ? theme.gapFill : { image: theme.hatch, repeat: 'repeat' } },
    data: findGaps(chart).map((gap) => [{ xAxis: gap.fromMs }, { xAxis: gap.toMs }]),
  };
}

function lineSeries(frame: Frame) {
  const { chart, scale, theme } = frame;
  return chart.lines.map((line, index) => ({
    id: line.key,
    type: 'line',
    data: points(chart.timestamps, line.values, scale.divisor),
    symbol: 'none',
    silent: true,
    connectNulls: false,
    // The first line lies on top: it is the one that the chart is about.
    z: 10 - index,
    lineStyle: { width: 1.5, color: color(theme, line.slot) },
    itemStyle: { color: color(theme, line.slot) },
    ...(index === 0 ? { areaStyle: { color: color(theme, line.slot), opacity: theme.areaOpacity } } : {}),
  }));
}

/** Carries gaps and bounds, so that they stand whichever lines are hidden. */
function furniture(frame: Frame) {
  const { chart } = frame;
  return {
    id: 'furniture',
    type: 'line',
    data: [],
    silent: true,
    markArea: gapAreas(frame),
    markLine: {
      silent: true,
      symbol: 'none',
      label: { show: false },
      data: chart.bounds.filter((bound) => isDrawn(bound, chart)).map((bound) => boundLine(bound, frame)),
    },
  };
}

function stripSeries(frame: Frame) {
  const { strip, timestamps } = frame.chart;
  if (strip === null) return [];
  const ink = color(frame.theme, strip.slot);
  return [
    {
      id: 'strip',
      type: 'line',
      xAxisIndex: 1,
      yAxisIndex: 1,
      data: points(timestamps, strip.values, 1),
      symbol: 'none',
      silent: true,
      lineStyle: { width: 1.5, color: ink },
      itemStyle: { color: ink },
      areaStyle: { color: ink, opacity: frame.theme.areaOpacity },
      markArea: gapAreas(frame),
    },
  ];
}

function timeAxis({ area, theme }: Frame, gridIndex: number, labelled: boolean) {
  const ticks = timeTicks(area.fromMs, area.toMs, area.width);
  return {
    gridIndex,
    type: 'time',
    min: area.fromMs,
    max: area.toMs,
    splitLine: { show: false },
    axisLine: { lineStyle: { color: theme.axis }, onZero: false },
    axisTick: { show: false },
    axisLabel: {
      show: labelled,
      customValues: ticks,
      color: theme.axisText,
      fontSize: 11,
      fontFamily: theme.font,
      hideOverlap: true,
      margin: 9,
      formatter: (ms: number) => (isMidnight(ms) ? `{day|${formatDay(ms)}}` : formatMinute(ms)),
      rich: { day: { color: theme.dayText, fontWeight: 600, fontSize: 11, fontFamily: theme.font } },
    },
  };
}

function valueAxis(
  theme: ChartTheme,
  gridIndex: number,
  top: number,
  step: number,
  formatter: (value: number) => string,
) {
  return {
    gridIndex,
    type: 'value',
    min: 0,
    max: top,
    interval: step,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: theme.grid } },
    axisLabel: { color: theme.axisText, fontSize: 11, fontFamily: theme.font, margin: 10, formatter },
  };
}

/** The chart as ECharts draws it: lines, bounds, gaps and axes. Names, cursor and tooltip are the page's own elements. */
export function usageOptions(chart: Chart, area: PlotArea, scale: ValueScale, theme: ChartTheme): EChartsCoreOption {
  const frame: Frame = { chart, area, scale, theme };
  const place = { left: area.left, right: area.right, outerBoundsMode: 'none' };
  const shareTop = chart.strip === null ? 1 : stripTop(chart.strip.values);
  const strip = area.strip;
  return {
    animation: false,
    grid: [{ ...place, top: area.top, height: area.height }, ...(strip === null ? [] : [{ ...place, ...strip }])],
    xAxis: [timeAxis(frame, 0, strip === null), ...(strip === null ? [] : [timeAxis(frame, 1, true)])],
    yAxis: [
      valueAxis(theme, 0, scale.top, scale.step, (value) => value.toFixed(scale.decimals)),
      ...(strip === null
        ? []
        : [valueAxis(theme, 1, shareTop, shareTop, (value) => `${Math.round(value * 100)}\u00a0%`)]),
    ],
    series: [furniture(frame), ...lineSeries(frame), ...stripSeries(frame)],
  };
}
