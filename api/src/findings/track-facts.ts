import { metricByName, type MetricName, queryMetrics } from '@docksnap/contract';
import { stepValues } from '../series/step-sums.ts';
import { type Steps, stepEnds } from '../series/steps.ts';
import type { Track } from '../series/track.ts';
import type { CpuMinute } from './judgement.ts';
import type { Point } from './trend.ts';

function idOf(name: MetricName): number {
  return metricByName(name)?.id ?? NaN;
}

/** The stored metrics that findings follow from. */
export const judgedMetrics: ReadonlySet<number> = new Set(
  (['workingSetBytes', 'cpuUsageMicros', 'cpuPeriods', 'cpuThrottledPeriods'] as const).map(idOf),
);

/** The working set, a point for each step that has samples of its own: their mean. */
export function memoryOf(track: Track, steps: Steps): readonly Point[] {
  const gauge = track.gauges.get(idOf('workingSetBytes'));
  if (gauge === undefined) return [];
  return stepEnds(steps).flatMap((timeMs, index): Point[] => {
    const count = gauge.counts[index] ?? 0;
    return count === 0 ? [] : [{ timeMs, value: (gauge.sums[index] ?? NaN) / count }];
  });
}

/** CPU per step, of the steps of which anything is known. Periods of longer steps are those of one minute of them. */
export function cpuOf(track: Track, steps: Steps): readonly CpuMinute[] {
  const cores = stepValues(queryMetrics.cpuCores.derivation, [track], steps.count);
  const periods = track.counters.get(idOf('cpuPeriods'));
  const throttled = track.counters.get(idOf('cpuThrottledPeriods'));
  const minutes = steps.stepMs / 60_000;
  return stepEnds(steps).flatMap((endMs, index): CpuMinute[] => {
    const used = cores[index] ?? NaN;
    const isKnown = (periods?.coveredMs[index] ?? 0) > 0;
    if (Number.isNaN(used) && !isKnown) return [];
    const counted = (counter: typeof periods): number => (isKnown ? (counter?.increase[index] ?? 0) / minutes : NaN);
    return [{ endMs, cores: used, periods: counted(periods), throttled: counted(throttled) }];
  });
}
