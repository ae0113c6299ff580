import { lineFormat } from '../usage-chart/chart-summary.ts';
import type { Chart, Values } from '../usage-chart/chart.ts';
import { valueScale } from '../usage-chart/value-scale.ts';
import { unknown } from '../units.ts';

/** A change for the worse by more than this is worth a colour. */
const worthNaming = 0.25;

/** One statistic of a line in two periods, ready to be read. */
export interface Difference {
  readonly now: string;
  readonly before: string;
  readonly change: string;
  readonly isWorse: boolean;
}

export interface DifferenceRow {
  readonly key: string;
  readonly title: string;
  readonly mean: Difference;
  readonly p95: Difference;
  readonly max: Difference;
}

/** The value below which a share of the known values lie (nearest rank); null without any. */
export function percentile(values: Values, share: number): number | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  return known[Math.max(0, Math.ceil(share * known.length) - 1)] ?? null;
}

function mean(values: Values): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

function changeWords(change: number | null): string {
  if (change === null) return unknown;
  const percent = Math.round(change * 100);
  return `${percent > 0 ? '+' : ''}${percent}\u00a0%`;
}

/** What changed between the two lines of each chart: the first is now, the second before. */
export function differences(charts: readonly Chart[]): readonly DifferenceRow[] {
  return charts.map((chart) => {
    const [now = [], before = []] = chart.lines.map((line) => line.values);
    const scale = valueScale(chart);
    const format = lineFormat(scale);
    const difference = (statistic: (values: Values) => number | null): Difference => {
      const [a, b] = [statistic(now), statistic(before)];
      const change = a === null || b === null || b === 0 ? null : a / b - 1;
      return {
        now: format(a),
        before: format(b),
        change: changeWords(change),
        isWorse: change !== null && change > worthNaming,
      };
    };
    const unit = scale.unit === '' ? '' : `, ${scale.unit}`;
    return {
      key: chart.key,
      title: `${chart.title}${unit}`,
      mean: difference(mean),
      p95: difference((values) => percentile(values, 0.95)),
      max: difference((values) => percentile(values, 1)),
    };
  });
}
