import { quantile } from '../series/statistics.ts';

/** What one replica used, one value per step; NaN where nothing is known. */
export interface ReplicaUse {
  readonly cpuCores: Float64Array;
  /** The largest rate between two samples of a step. */
  readonly cpuPeakCores: Float64Array;
  readonly workingSetBytes: Float64Array;
  readonly workingSetPeakBytes: Float64Array;
  readonly throttledRatio: Float64Array;
}

export interface Used {
  readonly p50: number | null;
  readonly p95: number | null;
  readonly max: number | null;
}

/** What is known of a container of a workload over a window, all its replicas together. */
export interface Evidence {
  readonly watchedHours: number;
  readonly cpu: Used;
  readonly memory: Used;
  /** Mean share of periods in which the limit held it back; null without a limit or samples. */
  readonly throttledRatio: number | null;
  /** The share of changes of the working set, from step to step, that are growth; null of too few. */
  readonly risingShare: number | null;
}

/** Changes below which growth cannot be told from chance. */
const fewestChanges = 12;

/** Puts replicas together. `stepHours`: the length of a step. */
export function evidenceOf(replicas: readonly ReplicaUse[], stepHours: number): Evidence {
  return {
    watchedHours: Number((watchedSteps(replicas) * stepHours).toFixed(2)),
    cpu: used(
      replicas.map(({ cpuCores }) => cpuCores),
      replicas.map(({ cpuPeakCores }) => cpuPeakCores),
    ),
    memory: used(
      replicas.map(({ workingSetBytes }) => workingSetBytes),
      replicas.map(({ workingSetPeakBytes }) => workingSetPeakBytes),
    ),
    throttledRatio: meanOf(replicas.map(({ throttledRatio }) => throttledRatio)),
    risingShare: risingShare(replicas.map(({ workingSetBytes }) => workingSetBytes)),
  };
}

/** Steps in which any replica has a value. */
function watchedSteps(replicas: readonly ReplicaUse[]): number {
  const count = replicas[0]?.workingSetBytes.length ?? 0;
  let watched = 0;
  for (let step = 0; step < count; step += 1) {
    if (replicas.some(({ workingSetBytes }) => !Number.isNaN(workingSetBytes[step] ?? NaN))) watched += 1;
  }
  return watched;
}

function used(means: readonly Float64Array[], peaks: readonly Float64Array[]): Used {
  const all = joined(means);
  const highest = quantile(joined([...peaks, ...means]), 1);
  return { p50: orNull(quantile(all, 0.5)), p95: orNull(quantile(all, 0.95)), max: orNull(highest) };
}

function joined(arrays: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    all.set(array, at);
    at += array.length;
  }
  return all;
}

function meanOf(arrays: readonly Float64Array[]): number | null {
  let sum = 0;
  let count = 0;
  for (const value of joined(arrays)) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  return count === 0 ? null : sum / count;
}

function risingShare(arrays: readonly Float64Array[]): number | null {
  let rises = 0;
  let changes = 0;
  for (const values of arrays) {
    for (let step = 1; step < values.length; step += 1) {
      const change = (values[step] ?? NaN) - (values[step - 1] ?? NaN);
      if (Number.isNaN(change) || change === 0) continue;
      changes += 1;
      if (change > 0) rises += 1;
    }
  }
  return changes < fewestChanges ? null : rises / changes;
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
