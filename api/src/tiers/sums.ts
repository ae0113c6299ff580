import type { Steps } from '../series/steps.ts';
import type { CounterTrack, GaugeTrack, Track } from '../series/track.ts';

/** What is known of one entity, and who it is. */
export interface EntitySums extends Track {
  /** Hash of the description told last, or empty. */
  readonly description: string;
}

/** What is known of a node and all its entities on a time axis. */
export interface NodeSums {
  readonly steps: Steps;
  /** Ticks in each step: how complete it is. */
  readonly ticks: Float64Array;
  /** Time of each step in which the node was watched, ms. */
  readonly watchedMs: Float64Array;
  /** By key. */
  readonly entities: ReadonlyMap<string, EntitySums>;
}

/** All the ticks that sums are of: of two revisions of the same span, the one with more is the wider. */
export function ticksIn({ ticks }: NodeSums): number {
  return ticks.reduce((sum, count) => sum + count, 0);
}

/** Whether there is anything of a counter, or a gauge, in any step. */
export function hasIncrease({ coveredMs }: CounterTrack): boolean {
  return coveredMs.some((ms) => ms > 0);
}
export function hasSample({ lasts }: GaugeTrack): boolean {
  return !lasts.every(Number.isNaN);
}
