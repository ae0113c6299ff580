import type { EntityKind } from '@docksnap/contract';

/** A counter on a time axis. */
export interface CounterTrack {
  /** By how much it grew in each step. */
  readonly increase: Float64Array;
  /** The time of each step that its intervals cover, in ms. */
  readonly coveredMs: Float64Array;
  /** The largest growth per ms of an interval that reaches into the step; NaN where there is none. */
  readonly peakPerMs: Float64Array;
}

/** A gauge on a time axis. */
export interface GaugeTrack {
  /** Of each step's samples: their number and sum, and the smallest and largest of them, which are NaN without any. */
  readonly counts: Float64Array;
  readonly sums: Float64Array;
  readonly mins: Float64Array;
  readonly maxs: Float64Array;
  /** The newest sample at the end of each step: one of its own, or one before it within the gap limit; else NaN. */
  readonly lasts: Float64Array;
}

/** What is known of one entity on a time axis, over all its incarnations; by metric id. */
export interface Track {
  /** The entity's key within its node. */
  readonly key: string;
  readonly kind: EntityKind;
  readonly counters: ReadonlyMap<number, CounterTrack>;
  readonly gauges: ReadonlyMap<number, GaugeTrack>;
  /** Time of each step in which the entity is known not to have been there, and in which its node was watched. */
  readonly absentMs: Float64Array;
  readonly watchedMs: Float64Array;
}

/** One value per step: the mean of its samples, else the last one before, within the gap limit; NaN: nothing known. */
export function meansOf(gauge: GaugeTrack): Float64Array {
  return gauge.lasts.map((last, index) => {
    const count = gauge.counts[index] ?? 0;
    return count > 0 ? (gauge.sums[index] ?? NaN) / count : last;
  });
}

/** The part of a step in which an entity was there, as far as its node was watched. */
export function shareOfStep({ absentMs, watchedMs }: Track, index: number): number {
  const watched = watchedMs[index] ?? 0;
  return watched === 0 ? 1 : 1 - (absentMs[index] ?? 0) / watched;
}
