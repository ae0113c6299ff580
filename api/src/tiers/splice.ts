import type { Steps } from '../series/steps.ts';
import type { CounterTrack, GaugeTrack } from '../series/track.ts';
import { type EntitySums, hasIncrease, hasSample, type NodeSums } from './sums.ts';

/** Sums of an axis of which nothing is known. */
export function nothingOn(steps: Steps): NodeSums {
  const { count } = steps;
  return { steps, ticks: new Float64Array(count), watchedMs: new Float64Array(count), entities: new Map() };
}

/**
 * Sums on the axis `steps`: those of `fresh` in the steps that it has, those of `before` in all others. An entity that
 * one of them does not know was not there for as long as that one watched.
 */
export function spliced(before: NodeSums, fresh: NodeSums, steps: Steps): NodeSums {
  const splice = new Splice(before.steps, fresh.steps, steps);
  const watchedMs = splice.arrays(before.watchedMs, fresh.watchedMs);
  const entities = new Map<string, EntitySums>();
  for (const key of keysOf(before.entities, fresh.entities)) {
    const one = before.entities.get(key) ?? absentee(before, fresh.entities.get(key));
    const other = fresh.entities.get(key) ?? absentee(fresh, one);
    const entity = { ...splice.entities(one, other), watchedMs };
    if (entity.counters.size + entity.gauges.size > 0) entities.set(key, entity);
  }
  return { steps, ticks: splice.arrays(before.ticks, fresh.ticks), watchedMs, entities };
}

/** What sums that do not know an entity say of it. */
function absentee({ watchedMs }: NodeSums, known: EntitySums | undefined): EntitySums {
  const { key = '', kind = 'container' } = known ?? {};
  return { key, kind, description: '', counters: new Map(), gauges: new Map(), absentMs: watchedMs, watchedMs };
}

class Splice {
  readonly #before: Steps;
  readonly #fresh: Steps;
  readonly #steps: Steps;

  constructor(before: Steps, fresh: Steps, steps: Steps) {
    this.#before = before;
    this.#fresh = fresh;
    this.#steps = steps;
  }

  entities(one: EntitySums, other: EntitySums): EntitySums {
    return {
      ...other,
      description: other.description === '' ? one.description : other.description,
      counters: joined(
        one.counters,
        other.counters,
        (a, b) => this.#counters(a ?? noCounter, b ?? noCounter),
        hasIncrease,
      ),
      gauges: joined(one.gauges, other.gauges, (a, b) => this.#gauges(a ?? noGauge, b ?? noGauge), hasSample),
      absentMs: this.arrays(one.absentMs, other.absentMs),
    };
  }

  arrays(one: Float64Array, other: Float64Array, empty = 0): Float64Array {
    const all = new Float64Array(this.#steps.count).fill(empty);
    this.#place(all, one, this.#before, empty);
    this.#place(all, other, this.#fresh, empty);
    return all;
  }

  #counters(one: CounterTrack, other: CounterTrack): CounterTrack {
    return {
      increase: this.arrays(one.increase, other.increase),
      coveredMs: this.arrays(one.coveredMs, other.coveredMs),
      peakPerMs: this.arrays(one.peakPerMs, other.peakPerMs, NaN),
    };
  }

  #gauges(one: GaugeTrack, other: GaugeTrack): GaugeTrack {
    return {
      counts: this.arrays(one.counts, other.counts),
      sums: this.arrays(one.sums, other.sums),
      mins: this.arrays(one.mins, other.mins, NaN),
      maxs: this.arrays(one.maxs, other.maxs, NaN),
      lasts: this.arrays(one.lasts, other.lasts, NaN),
    };
  }

  /** Values that are not there are empty on their whole axis. */
  #place(into: Float64Array, values: Float64Array, of: Steps, empty: number): void {
    const shift = (of.fromMs - this.#steps.fromMs) / this.#steps.stepMs;
    const end = Math.min(of.count, into.length - shift);
    for (let index = Math.max(0, -shift); index < end; index += 1) into[index + shift] = values[index] ?? empty;
  }
}

const none = new Float64Array(0);
const noCounter: CounterTrack = { increase: none, coveredMs: none, peakPerMs: none };
const noGauge: GaugeTrack = { counts: none, sums: none, mins: none, maxs: none, lasts: none };

function joined<V>(
  one: ReadonlyMap<number, V>,
  other: ReadonlyMap<number, V>,
  join: (one: V | undefined, other: V | undefined) => V,
  hasAny: (value: V) => boolean,
): Map<number, V> {
  const all = new Map<number, V>();
  for (const id of keysOf(one, other)) {
    const value = join(one.get(id), other.get(id));
    if (hasAny(value)) all.set(id, value);
  }
  return all;
}

function keysOf<K>(one: ReadonlyMap<K, unknown>, other: ReadonlyMap<K, unknown>): ReadonlySet<K> {
  return new Set([...one.keys(), ...other.keys()]);
}
