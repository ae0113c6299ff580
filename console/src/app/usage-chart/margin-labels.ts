import { formatBytes } from '../units.ts';
import { lastKnown, type Chart, type ChartBound, type SeriesSlot } from './chart.ts';
import { yOf, type PlotArea } from './plot-area.ts';
import { isDrawn, type ValueScale } from './value-scale.ts';

/** A name beside the plot; `y` in pixels, the middle of its line. */
export interface MarginLabel {
  readonly text: string;
  readonly y: number;
  readonly slot: SeriesSlot | null;
}

const lineHeight = 14;

/** A value on the axis in the axis' unit; one that is off it in its own, as it cannot be compared by eye. */
function boundText(bound: ChartBound, chart: Chart, scale: ValueScale): string {
  const onAxis = String(Number((bound.value / scale.divisor).toPrecision(4)));
  if (isDrawn(bound, chart)) return `${bound.label} ${onAxis}`;
  return `${bound.label} ${chart.measure === 'bytes' ? formatBytes(bound.value) : onAxis} ↑`;
}

function spread(labels: readonly MarginLabel[], bottom: number): readonly MarginLabel[] {
  const sorted = labels.toSorted((a, b) => a.y - b.y);
  const placed: MarginLabel[] = [];
  for (const label of sorted)
    placed.push({ ...label, y: Math.max(label.y, (placed.at(-1)?.y ?? -Infinity) + lineHeight) });
  // What ran out of the plot at its foot moves back up, from the lowest on.
  for (let index = placed.length - 1, limit = bottom; index >= 0; index -= 1) {
    const label = placed[index];
    if (label === undefined || label.y <= limit) break;
    placed[index] = { ...label, y: limit };
    limit -= lineHeight;
  }
  return placed;
}

/** A band's name stands in its middle, where the band is high enough for it. */
function bandLabels(chart: Chart, area: PlotArea, scale: ValueScale): readonly MarginLabel[] {
  let below = 0;
  return chart.lines.flatMap((line): MarginLabel[] => {
    const value = line.values[lastKnown(line.values)] ?? 0;
    const [foot, head] = [yOf(area, scale, below), yOf(area, scale, below + value)];
    below += value;
    return foot - head < lineHeight ? [] : [{ text: line.label, y: (foot + head) / 2, slot: line.slot }];
  });
}

/** A line's name stands where it ends; a single line needs none. */
function lineLabels(chart: Chart, area: PlotArea, scale: ValueScale): readonly MarginLabel[] {
  return chart.lines.flatMap((line): MarginLabel[] => {
    const value = line.values[lastKnown(line.values)];
    if (chart.lines.length < 2 || typeof value !== 'number') return [];
    return [{ text: line.label, y: yOf(area, scale, value), slot: line.slot }];
  });
}

/** Names of bounds at their height, those off the scale at the top with an arrow; of lines and bands, if several. */
export function marginLabels(chart: Chart, area: PlotArea, scale: ValueScale): readonly MarginLabel[] {
  const bounds = chart.bounds.map((bound): MarginLabel => {
    const y = isDrawn(bound, chart) ? yOf(area, scale, bound.value) : area.top;
    return { text: boundText(bound, chart, scale), y, slot: null };
  });
  const lines = chart.stacked ? bandLabels(chart, area, scale) : lineLabels(chart, area, scale);
  return spread(area.margin ? [...bounds, ...lines] : bounds, area.top + area.height);
}
