import type { BandsAnswer } from '@docksnap/contract';
import { orNull } from '../series/metric-values.ts';
import { quantile } from '../series/statistics.ts';

type Bands = Pick<BandsAnswer['metrics'][string], 'counts' | 'bands'>;

const shares = { min: 0, p5: 0.05, p25: 0.25, p50: 0.5, p75: 0.75, p95: 0.95, max: 1 } as const;

/** Percentiles over series, step by step; those that have no value (NaN) at a step do not count there. */
export function bandsOf(series: readonly Float64Array[], count: number): Bands {
  const steps = Array.from({ length: count }, (_, index) =>
    Float64Array.from(series, (values) => values[index] ?? NaN),
  );
  const band = (share: number): (number | null)[] => {
    return orNull(Float64Array.from(steps, (values) => quantile(values, share)));
  };
  const { min, p5, p25, p50, p75, p95, max } = shares;
  return {
    counts: steps.map((values) => values.reduce((known, value) => known + Number(!Number.isNaN(value)), 0)),
    bands: {
      min: band(min),
      p5: band(p5),
      p25: band(p25),
      p50: band(p50),
      p75: band(p75),
      p95: band(p95),
      max: band(max),
    },
  };
}
