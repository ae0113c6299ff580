import type { CounterTrack, GaugeTrack, Track } from './track.ts';

/** Tracks of one node on neighbouring axes, and the time of each step in which the node was watched. */
export interface Stretch {
  readonly tracks: readonly Track[];
  readonly watchedMs: Float64Array;
}

/** Two stretches one after another, as one. Who is in one alone was not there in the other as long as that was watched. */
export function joinedTracks(head: Stretch, tail: Stretch): Stretch {
  if (head.watchedMs.length === 0) return tail;
  if (tail.watchedMs.length === 0) return head;
  const heads = new Map(head.tracks.map((track) => [track.key, track]));
  const tails = new Map(tail.tracks.map((track) => [track.key, track]));
  const keys = new Set([...heads.keys(), ...tails.keys()]);
  const tracks = [...keys].flatMap((key): Track[] => {
    const one = heads.get(key) ?? absent(tails.get(key), head.watchedMs);
    const other = tails.get(key) ?? absent(heads.get(key), tail.watchedMs);
    return one === undefined || other === undefined ? [] : [joined(one, other)];
  });
  return { tracks, watchedMs: concat(head.watchedMs, tail.watchedMs) };
}

/** A track's first steps. */
export function firstSteps(track: Track, count: number): Track {
  const first = (values: Float64Array): Float64Array => values.subarray(0, count);
  const counters = [...track.counters].map(([id, { increase, coveredMs, peakPerMs }]) => {
    return [id, { increase: first(increase), coveredMs: first(coveredMs), peakPerMs: first(peakPerMs) }] as const;
  });
  const gauges = [...track.gauges].map(([id, { counts, sums, mins, maxs, lasts }]) => {
    const of = { counts: first(counts), sums: first(sums), mins: first(mins), maxs: first(maxs), lasts: first(lasts) };
    return [id, of] as const;
  });
  return {
    key: track.key,
    kind: track.kind,
    counters: new Map(counters),
    gauges: new Map(gauges),
    absentMs: first(track.absentMs),
    watchedMs: first(track.watchedMs),
  };
}

/** The same entity where it was not. */
function absent(track: Track | undefined, watchedMs: Float64Array): Track | undefined {
  return (
    track && {
      key: track.key,
      kind: track.kind,
      counters: new Map(),
      gauges: new Map(),
      absentMs: watchedMs,
      watchedMs,
    }
  );
}

function joined(one: Track, other: Track): Track {
  const [before, behind] = [one.watchedMs.length, other.watchedMs.length];
  const counters = new Map<number, CounterTrack>();
  for (const id of new Set([...one.counters.keys(), ...other.counters.keys()])) {
    const first = one.counters.get(id) ?? noCounter(before);
    const second = other.counters.get(id) ?? noCounter(behind);
    counters.set(id, {
      increase: concat(first.increase, second.increase),
      coveredMs: concat(first.coveredMs, second.coveredMs),
      peakPerMs: concat(first.peakPerMs, second.peakPerMs),
    });
  }
  const gauges = new Map<number, GaugeTrack>();
  for (const id of new Set([...one.gauges.keys(), ...other.gauges.keys()])) {
    const first = one.gauges.get(id) ?? noGauge(before);
    const second = other.gauges.get(id) ?? noGauge(behind);
    gauges.set(id, {
      counts: concat(first.counts, second.counts),
      sums: concat(first.sums, second.sums),
      mins: concat(first.mins, second.mins),
      maxs: concat(first.maxs, second.maxs),
      lasts: concat(first.lasts, second.lasts),
    });
  }
  const { key, kind } = other;
  const absentMs = concat(one.absentMs, other.absentMs);
  return { key, kind, counters, gauges, absentMs, watchedMs: concat(one.watchedMs, other.watchedMs) };
}

function noCounter(count: number): CounterTrack {
  const none = new Float64Array(count);
  return { increase: none, coveredMs: none, peakPerMs: none.slice().fill(NaN) };
}

function noGauge(count: number): GaugeTrack {
  const none = new Float64Array(count);
  const unknown = none.slice().fill(NaN);
  return { counts: none, sums: none, mins: unknown, maxs: unknown, lasts: unknown };
}

function concat(one: Float64Array, other: Float64Array): Float64Array {
  const both = new Float64Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
