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

/** Names of bounds at their height, those off the scale at the top with an arrow; of lines where they end, if several. */
export function marginLabels(chart: Chart, area: PlotArea, scale: ValueScale): readonly MarginLabel[] {
  const bounds = chart.bounds.map((bound): MarginLabel => {
    const y = isDrawn(bound, chart) ? yOf(area, scale, bound.value) : area.top;
    return { text: boundText(bound, chart, scale), y, slot: null };
  });
  const lines = chart.lines.flatMap((line): MarginLabel[] => {
    const value = line.values[lastKnown(line.values)];
    if (chart.lines.length < 2 || typeof value !== 'number') return [];
    return [{ text: line.label, y: yOf(area, scale, value), slot: line.slot }];
  });
  return spread(area.margin ? [...bounds, ...lines] : bounds, area.top + area.height);
}
