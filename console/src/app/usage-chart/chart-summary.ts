import { formatMinute, formatShare, unknown } from '../units.ts';
import { lastKnown, type Chart, type SeriesSlot, type Values } from './chart.ts';
import { findGaps } from './gaps.ts';
import type { ValueScale } from './value-scale.ts';

/** A line of the legend: its newest, mean and largest known value, ready to be read. */
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

function row(line: { key: string; label: string; slot: SeriesSlot; values: Values }, format: Format): LegendRow {
  const known = line.values.filter((value) => value !== null);
  const sum = known.reduce((total, value) => total + value, 0);
  return {
    key: line.key,
    label: line.label,
    slot: line.slot,
    now: format(line.values[lastKnown(line.values)] ?? null),
    mean: format(known.length === 0 ? null : sum / known.length),
    max: format(known.length === 0 ? null : Math.max(...known)),
  };
}

/** The legend: a row for each line and for the strip. */
export function legendRows(chart: Chart, scale: ValueScale): readonly LegendRow[] {
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
  return [
    `${chart.title}, ${scale.unit}, ${formatMinute(fromMs)} to ${formatMinute(toMs)}.`,
    ...lines,
    ...bounds,
    ...gaps,
  ].join(' ');
}
