import type { QueryMetricName, TopBy } from '@docksnap/contract';
import { slopeOf } from './slope.ts';

const hourMs = 3_600_000;

/** How a ranking follows from series. */
export interface Ranking {
  readonly metrics: readonly QueryMetricName[];
  /** One number of a series, one per metric in that order, whose steps are stepMs long; NaN: nothing known. */
  readonly valueOf: (series: readonly Float64Array[], stepMs: number) => number;
}

export const rankings: Readonly<Record<TopBy, Ranking>> = {
  cpu: { metrics: ['cpuCores'], valueOf: ([cores]) => meanOf(cores) },
  memory: { metrics: ['workingSetBytes'], valueOf: ([bytes]) => lastOf(bytes) },
  growth: {
    metrics: ['workingSetBytes'],
    valueOf: ([bytes], stepMs) => (bytes === undefined ? NaN : slopeOf(bytes) * (hourMs / stepMs)),
  },
  throttled: { metrics: ['throttledRatio'], valueOf: ([ratio]) => meanOf(ratio) },
  network: {
    metrics: ['networkReceivedBytesPerSecond', 'networkTransmittedBytesPerSecond'],
    valueOf: (series) => {
      const known = series.map(meanOf).filter((value) => !Number.isNaN(value));
      return known.length === 0 ? NaN : known.reduce((sum, value) => sum + value);
    },
  },
};

/** Over the steps that have a value. */
function meanOf(values: Float64Array | undefined): number {
  const known = values?.filter((value) => !Number.isNaN(value)) ?? new Float64Array();
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** The newest that is known. */
function lastOf(values: Float64Array | undefined): number {
  return values?.findLast((value) => !Number.isNaN(value)) ?? NaN;
}
