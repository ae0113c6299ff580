import type { EChartsCoreOption } from 'echarts/core';
import { timeAxis, valueAxis } from './axes.ts';
import type { Frame } from './frame.ts';
import { furniture } from './furniture.ts';
import { lineSeries } from './lines.ts';
import { stripSeries, stripTop } from './strip.ts';

const percent = (share: number) => `${Math.round(share * 100)}\u00a0%`;

/** The chart as ECharts draws it: lines, bounds, gaps, events and axes. Cursor and tooltip are the page's own elements. */
export function usageOptions(frame: Frame): EChartsCoreOption {
  const { chart, area, scale } = frame;
  const place = { left: area.left, right: area.right, outerBoundsMode: 'none' };
  const shareTop = chart.strip === null ? 1 : stripTop(chart.strip.values);
  const { strip } = area;
  const values = {
    gridIndex: 0,
    top: scale.top,
    step: scale.step,
    formatter: (value: number) => value.toFixed(scale.decimals),
  };
  const shares = { gridIndex: 1, top: shareTop, step: shareTop, formatter: percent };
  return {
    animation: false,
    grid: [
      { id: 'grid-0', ...place, top: area.top, height: area.height },
      ...(strip === null ? [] : [{ id: 'grid-1', ...place, ...strip }]),
    ],
    xAxis: [timeAxis(frame, 0, strip === null), ...(strip === null ? [] : [timeAxis(frame, 1, true)])],
    yAxis: [valueAxis(frame, values), ...(strip === null ? [] : [valueAxis(frame, shares)])],
    series: [furniture(frame), ...lineSeries(frame), ...stripSeries(frame)],
  };
}
