import { lastKnown, type Chart, type SeriesSlot } from './chart.ts';
import { yOf, type PlotArea } from './plot-area.ts';
import { isDrawn, type ValueScale } from './value-scale.ts';

/** A name beside the plot; `y` in pixels, the middle of its line. */
export interface MarginLabel {
  readonly text: string;
  readonly y: number;
  readonly slot: SeriesSlot | null;
}

const lineHeight = 14;

/** A value in the chart's display unit, as few decimals as the axis needs. */
function short(value: number, scale: ValueScale): string {
  return String(Number((value / scale.divisor).toPrecision(4)));
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
    const text = `${bound.label} ${short(bound.value, scale)}`;
    return isDrawn(bound, chart)
      ? { text, y: yOf(area, scale, bound.value), slot: null }
      : { text: `${text} ↑`, y: area.top, slot: null };
  });
  const lines = chart.lines.flatMap((line): MarginLabel[] => {
    const value = line.values[lastKnown(line.values)];
    if (chart.lines.length < 2 || typeof value !== 'number') return [];
    return [{ text: line.label, y: yOf(area, scale, value), slot: line.slot }];
  });
  return spread(area.margin ? [...bounds, ...lines] : bounds, area.top + area.height);
}
