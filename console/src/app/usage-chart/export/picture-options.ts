import type { EChartsCoreOption } from 'echarts/core';
import { legendRows } from '../chart-summary.ts';
import { inkOf } from '../chart-theme.ts';
import { marginLabels } from '../margin-labels.ts';
import type { Frame } from '../options/frame.ts';
import { usageOptions } from '../options/usage-options.ts';
import { lowered } from '../plot-area.ts';

/** Pixels above the chart for its title, and below it for each line of its legend and the edge. */
const titleHeight = 34;
const legendLine = 20;
const edge = 12;

interface Words {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly fill: string;
  readonly font: string;
}

function text({ x, y, text: words, fill, font }: Words) {
  return { type: 'text', silent: true, x, y, style: { text: words, fill, font, textVerticalAlign: 'middle' } };
}

/** The words of a chart that the page shows as elements: they stand in the picture instead. */
function graphics(frame: Frame) {
  const { chart, area, scale, theme } = frame;
  const font = `11px ${theme.font}`;
  const labels = marginLabels(chart, area, scale).map(({ text: words, y }) =>
    text({ x: area.left + area.width + 8, y, text: words, fill: theme.axisText, font }),
  );
  const legend = legendRows(chart, scale).flatMap((row, index) => {
    const y = area.totalHeight + legendLine * index + legendLine / 2;
    const words = `${row.label}   now ${row.now}   mean ${row.mean}   max ${row.max}`;
    const swatch = { shape: { x: area.left, y: y - 2, width: 10, height: 3 }, style: { fill: inkOf(theme, row.slot) } };
    return [
      { type: 'rect', silent: true, ...swatch },
      text({ x: area.left + 18, y, text: words, fill: theme.dayText, font }),
    ];
  });
  return [...labels, ...legend];
}

/** How high the picture is, in pixels. */
export function pictureHeight({ area, chart }: Frame): number {
  return titleHeight + area.totalHeight + legendLine * (chart.lines.length + Number(chart.strip !== null)) + edge;
}

/** A chart with its title, margin and legend, as one picture. `subject` says of what it is. */
export function pictureOptions(shown: Frame, subject: string): EChartsCoreOption {
  const frame = { ...shown, area: lowered(shown.area, titleHeight) };
  const { chart, scale, theme } = frame;
  const title = `${subject}: ${chart.title}${scale.unit === '' ? '' : `, ${scale.unit}`}`;
  const heading = { x: 16, y: titleHeight / 2, text: title, fill: theme.dayText, font: `600 13px ${theme.font}` };
  return { ...usageOptions(frame), backgroundColor: theme.surface, graphic: [text(heading), ...graphics(frame)] };
}
