import type { Statistic } from '@docksnap/contract';

const shares = { min: 0, p50: 0.5, p95: 0.95, p99: 0.99, max: 1 } as const;

/** One value per step out of those of its parts, of which those that are not known (NaN) do not count. */
export function folded(values: Float64Array, perStep: number, statistic: Statistic): Float64Array {
  if (statistic === 'mean') return values;
  const share = shares[statistic];
  const result = new Float64Array(values.length / perStep);
  for (let step = 0; step < result.length; step += 1) {
    result[step] = quantile(values.slice(step * perStep, (step + 1) * perStep), share);
  }
  return result;
}

/**
 * The value below which a share of the values lies, between neighbours in proportion (Hyndman and Fan's seventh
 * definition, as Prometheus' quantile_over_time has it). NaN values do not count; NaN of none. Sorts what it is given.
 */
export function quantile(values: Float64Array, share: number): number {
  // NaN sorts to the end.
  values.sort();
  let count = values.length;
  while (count > 0 && Number.isNaN(values[count - 1])) count -= 1;
  const at = share * (count - 1);
  const below = values[Math.floor(at)] ?? NaN;
  const above = values[Math.ceil(at)] ?? NaN;
  return count === 0 ? NaN : below + (above - below) * (at - Math.floor(at));
}
