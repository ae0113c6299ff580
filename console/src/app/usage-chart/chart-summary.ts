import { formatMinute, formatShare, unknown } from '../units.ts';
import { lastKnown, type Chart, type SeriesSlot, type Values } from './chart.ts';
import { findGaps } from './gaps.ts';
import type { ValueScale } from './value-scale.ts';

/** A line of the legend: its value at the cursor or its newest, its mean and its largest, ready to be read. */
export interface LegendRow {
  readonly key: string;
  readonly label: string;
  readonly slot: SeriesSlot;
  readonly now: string;
  readonly mean: string;
  readonly max: string;
}

/** Bytes below this many units get a decimal. */
const fewUnits = 100;

export type Format = (value: number | null) => string;

/** Values of the chart's lines in its display unit, one decimal more than the axis has. */
export function lineFormat(scale: ValueScale): Format {
  const fewest = scale.unit === 'cores' ? 2 : Number(scale.top < fewUnits);
  const decimals = Math.max(fewest, scale.decimals === 0 ? 0 : scale.decimals + 1);
  return (value) => (value === null ? unknown : (value / scale.divisor).toFixed(decimals));
}

interface Measured {
  readonly key: string;
  readonly label: string;
  readonly slot: SeriesSlot;
  readonly values: Values;
}

/** Of the known values; null without any. */
function meanAndMax(values: Values): { readonly mean: number | null; readonly max: number | null } {
  let [count, sum, max] = [0, 0, -Infinity];
  for (const value of values) {
    if (value === null) continue;
    count += 1;
    sum += value;
    max = Math.max(max, value);
  }
  return count === 0 ? { mean: null, max: null } : { mean: sum / count, max };
}

/** The legend: a row for each line and for the strip. `at` is the cursor's step; without it stands the newest value. */
export function legendRows(chart: Chart, scale: ValueScale, at: number | null = null): readonly LegendRow[] {
  const row = ({ key, label, slot, values }: Measured, format: Format): LegendRow => {
    const { mean, max } = meanAndMax(values);
    const now = values[at ?? lastKnown(values)] ?? null;
    return { key, label, slot, now: format(now), mean: format(mean), max: format(max) };
  };
  const lines = chart.lines.map((line) => row(line, lineFormat(scale)));
  return chart.strip === null ? lines : [...lines, row({ ...chart.strip, key: 'strip' }, formatShare)];
}

/** The chart in sentences, for those who do not see it. */
export function chartSummary(chart: Chart, scale: ValueScale): string {
  const { fromMs, toMs } = chart.window;
  const lines = legendRows(chart, scale).map(
    (line) => `${line.label}: now ${line.now}, mean ${line.mean}, highest ${line.max}.`,
  );
  const bounds = chart.bounds.map((bound) => `${bound.label}: ${(bound.value / scale.divisor).toPrecision(3)}.`);
  const gaps = findGaps(chart).map((gap) => `No samples ${formatMinute(gap.fromMs)} to ${formatMinute(gap.toMs)}.`);
  const events = chart.events
    .filter(({ atMs }) => atMs >= fromMs && atMs <= toMs)
    .map(({ atMs, label }) => `${label} at ${formatMinute(atMs)}.`);
  const unit = scale.unit === '' ? '' : `, ${scale.unit}`;
  return [
    `${chart.title}${unit}, ${formatMinute(fromMs)} to ${formatMinute(toMs)}.`,
    ...lines,
    ...bounds,
    ...events,
    ...gaps,
  ].join(' ');
}
