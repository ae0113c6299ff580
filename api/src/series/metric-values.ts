import {
  metricByName,
  type QueryMetric,
  queryMetrics,
  type QueryMetricName,
  type SeriesAnswer,
  type Statistic,
  type Tier,
} from '@docksnap/contract';
import type { Member } from './member.ts';
import type { Found } from './found.ts';
import { folded } from './statistics.ts';
import { extremes, stepValues } from './step-sums.ts';
import { stepEnds } from './steps.ts';
import type { Resolution } from './resolution.ts';

/** Where a metric is counted below a node: network per pod, all else per container. */
export function memberKind({ derivation }: QueryMetric): 'pod' | 'container' {
  return metricByName(derivation.from[0])?.group === 'network' ? 'pod' : 'container';
}

/** Ids of the stored metrics that queried ones follow from. */
export function metricIdsOf(names: readonly QueryMetricName[]): ReadonlySet<number> {
  const stored = names.flatMap((name): readonly string[] => queryMetrics[name].derivation.from);
  return new Set(stored.map((name) => metricByName(name)?.id).filter((id) => id !== undefined));
}

/** One value per step of some members' sum; NaN where nothing is known. */
export function valuesOf(
  { derivation }: QueryMetric,
  members: readonly Member[],
  { parts, perStep }: Resolution,
  statistic: Statistic,
): Float64Array {
  const tracks = members.map(({ track }) => track);
  const [only, ...more] = tracks;
  // One entity alone knows its extremes better than by the means of parts.
  const seen =
    only !== undefined && more.length === 0 && (statistic === 'max' || statistic === 'min')
      ? extremes(derivation, only, parts.count, statistic)
      : undefined;
  return folded(seen ?? stepValues(derivation, tracks, parts.count), perStep, statistic);
}

/** What every answer over time says of itself. */
export function axisOf({ steps, parts }: Resolution, statistic: Statistic, { tier, coveredShare, partial }: Found) {
  return {
    fromMs: steps.fromMs,
    toMs: steps.fromMs + steps.count * steps.stepMs,
    stepSeconds: steps.stepMs / 1000,
    timestamps: stepEnds(steps),
    statistic,
    resolutionSeconds: parts.stepMs / 1000,
    tier,
    coveredShare,
    partial,
  } satisfies Omit<SeriesAnswer, 'metrics' | 'before'> & { readonly tier: Tier };
}

/** Values as JSON has them: null where nothing is known. */
export function orNull(values: Float64Array): (number | null)[] {
  return Array.from(values, (value) => (Number.isNaN(value) ? null : value));
}
