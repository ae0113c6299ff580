import type { Steps } from '../series/steps.ts';
import type { CounterTrack, GaugeTrack, Track } from '../series/track.ts';
import { type Regrid, regrid } from './axis.ts';
import type { EntitySums, NodeSums } from './sums.ts';

/** The same sums on an axis of longer steps, as if they had been made of the samples themselves. */
export function coarsened(sums: NodeSums, steps: Steps): NodeSums {
  const grid = regrid(sums.steps, steps);
  const watchedMs = grid.sum(sums.watchedMs);
  const entities = new Map<string, EntitySums>();
  for (const [key, entity] of sums.entities) {
    entities.set(key, { ...coarsenedTrack(entity, grid, watchedMs), description: entity.description });
  }
  return { steps, ticks: grid.sum(sums.ticks), watchedMs, entities };
}

/** One track on another axis, given what the node's watched time is there. */
function coarsenedTrack(track: Track, grid: Regrid, watchedMs: Float64Array): Track {
  return {
    key: track.key,
    kind: track.kind,
    counters: mapped(track.counters, (counter) => coarsenedCounter(counter, grid)),
    gauges: mapped(track.gauges, (gauge) => coarsenedGauge(gauge, grid)),
    absentMs: grid.sum(track.absentMs),
    watchedMs,
  };
}

function coarsenedCounter({ increase, coveredMs, peakPerMs }: CounterTrack, grid: Regrid): CounterTrack {
  return { increase: grid.sum(increase), coveredMs: grid.sum(coveredMs), peakPerMs: grid.max(peakPerMs) };
}

function coarsenedGauge({ counts, sums, mins, maxs, lasts }: GaugeTrack, grid: Regrid): GaugeTrack {
  return {
    counts: grid.sum(counts),
    sums: grid.sum(sums),
    mins: grid.min(mins),
    maxs: grid.max(maxs),
    lasts: grid.newest(lasts, counts),
  };
}

function mapped<K, V, R>(map: ReadonlyMap<K, V>, change: (value: V) => R): Map<K, R> {
  return new Map([...map].map(([key, value]) => [key, change(value)]));
}
