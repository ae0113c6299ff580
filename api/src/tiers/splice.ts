import type { Steps } from '../series/steps.ts';
import type { CounterTrack, GaugeTrack } from '../series/track.ts';
import { type EntitySums, hasIncrease, hasSample, type NodeSums } from './sums.ts';
import { endOf } from './tiers.ts';

/** Sums of an axis of which nothing is known. */
export function nothingOn(steps: Steps): NodeSums {
  const { count } = steps;
  return { steps, ticks: new Float64Array(count), watchedMs: new Float64Array(count), entities: new Map() };
}

/**
 * Sums on the axis `steps`, put together of pieces whose steps are as long: what a later piece says of its steps, be it
 * nothing, stands in place of what an earlier one said. An entity that a piece does not know was not there for as long
 * as that piece watched.
 */
export function spliced(pieces: readonly NodeSums[], steps: Steps): NodeSums {
  const splice = new Splice(pieces, steps);
  const watchedMs = splice.values(pieces.map((piece) => piece.watchedMs));
  const entities = new Map<string, EntitySums>();
  for (const key of keysOf(pieces.map((piece) => piece.entities))) {
    const entity = splice.entity(key, watchedMs);
    if (entity !== undefined) entities.set(key, entity);
  }
  return { steps, ticks: splice.values(pieces.map(({ ticks }) => ticks)), watchedMs, entities };
}

class Splice {
  readonly #pieces: readonly NodeSums[];
  readonly #steps: Steps;

  constructor(pieces: readonly NodeSums[], steps: Steps) {
    this.#pieces = pieces;
    this.#steps = steps;
  }

  /** Undefined when nothing is left of it. */
  entity(key: string, watchedMs: Float64Array): EntitySums | undefined {
    const known = this.#pieces.map(({ entities }) => entities.get(key));
    const newest = known.findLast((one) => one !== undefined);
    if (newest === undefined) return undefined;
    const counters = this.#metrics(
      known,
      (one) => one.counters,
      (some) => this.#counter(some),
      hasIncrease,
    );
    const gauges = this.#metrics(
      known,
      (one) => one.gauges,
      (some) => this.#gauge(some),
      hasSample,
    );
    if (counters.size + gauges.size === 0) return undefined;
    const description = known.findLast((one) => one !== undefined && one.description !== '')?.description ?? '';
    const absentMs = this.values(this.#pieces.map((piece, index) => known[index]?.absentMs ?? piece.watchedMs));
    return { key, kind: newest.kind, description, counters, gauges, absentMs, watchedMs };
  }

  /** One array of each piece, or undefined where it has none, which empties its steps. */
  values(arrays: readonly (Float64Array | undefined)[], empty = 0): Float64Array {
    const all = new Float64Array(this.#steps.count).fill(empty);
    for (const [index, { steps: of }] of this.#pieces.entries()) {
      const shift = (of.fromMs - this.#steps.fromMs) / this.#steps.stepMs;
      const end = Math.min(of.count, all.length - shift);
      const values = arrays[index];
      for (let at = Math.max(0, -shift); at < end; at += 1) all[at + shift] = values?.[at] ?? empty;
    }
    return all;
  }

  #metrics<T>(
    known: readonly (EntitySums | undefined)[],
    tracksOf: (entity: EntitySums) => ReadonlyMap<number, T>,
    join: (tracks: readonly (T | undefined)[]) => T,
    hasAny: (track: T) => boolean,
  ): Map<number, T> {
    const tracks = known.map((entity) => entity && tracksOf(entity));
    const joined = new Map<number, T>();
    for (const id of keysOf(tracks.filter((some) => some !== undefined))) {
      const track = join(tracks.map((some) => some?.get(id)));
      if (hasAny(track)) joined.set(id, track);
    }
    return joined;
  }

  #counter(tracks: readonly (CounterTrack | undefined)[]): CounterTrack {
    return {
      increase: this.values(tracks.map((track) => track?.increase)),
      coveredMs: this.values(tracks.map((track) => track?.coveredMs)),
      peakPerMs: this.values(
        tracks.map((track) => track?.peakPerMs),
        NaN,
      ),
    };
  }

  #gauge(tracks: readonly (GaugeTrack | undefined)[]): GaugeTrack {
    return {
      counts: this.values(tracks.map((track) => track?.counts)),
      sums: this.values(tracks.map((track) => track?.sums)),
      mins: this.values(
        tracks.map((track) => track?.mins),
        NaN,
      ),
      maxs: this.values(
        tracks.map((track) => track?.maxs),
        NaN,
      ),
      lasts: this.values(
        tracks.map((track) => track?.lasts),
        NaN,
      ),
    };
  }
}

/**
 * Of fresh sums those steps that have as many ticks as before and were watched as long, as runs: raw samples that are
 * gone by now take nothing away from what was made of them, nor does who read before a step's end had its next tick.
 */
export function noNarrower(before: NodeSums, fresh: NodeSums): readonly NodeSums[] {
  const { fromMs, stepMs, count } = fresh.steps;
  const had = spliced([before], fresh.steps);
  const runs: Steps[] = [];
  for (let index = 0; index < count; index += 1) {
    if (isNarrower(fresh, had, index)) continue;
    const last = runs.at(-1);
    const startMs = fromMs + index * stepMs;
    if (last !== undefined && endOf(last) === startMs) runs[runs.length - 1] = { ...last, count: last.count + 1 };
    else runs.push({ fromMs: startMs, stepMs, count: 1 });
  }
  const isAll = runs.length === 1 && runs[0]?.count === count;
  return isAll ? [fresh] : runs.map((steps) => spliced([fresh], steps));
}

function isNarrower(fresh: NodeSums, had: NodeSums, index: number): boolean {
  const more = (fresh.ticks[index] ?? 0) - (had.ticks[index] ?? 0);
  return more < 0 || (more === 0 && (fresh.watchedMs[index] ?? 0) < (had.watchedMs[index] ?? 0));
}

function keysOf<K>(maps: readonly ReadonlyMap<K, unknown>[]): ReadonlySet<K> {
  return new Set(maps.flatMap((map) => [...map.keys()]));
}
