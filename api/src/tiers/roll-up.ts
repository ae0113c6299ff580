import { type Block, metrics } from '@docksnap/contract';
import { type Steps, stepOf } from '../series/steps.ts';
import type { CounterTrack, GaugeTrack, Track } from '../series/track.ts';
import { TrackReader } from '../series/tracks.ts';
import { type EntitySums, hasIncrease, hasSample, type NodeSums } from './sums.ts';

const everyMetric: ReadonlySet<number> = new Set(metrics.map(({ id }) => id));

/**
 * The sums of a node's blocks, each tick once, on a time axis. Rates follow the one rule of `series`; increases are
 * kept to thousandths of a unit, rounded so that the steps together are what the samples say. Blocks should reach over
 * both ends of the axis by the gap limit: what crosses an edge is only known with both its samples.
 */
export function rollUp(blocks: readonly Block[], steps: Steps): NodeSums {
  const reader = new TrackReader(steps, everyMetric);
  reader.take(blocks, () => true);
  const descriptions = descriptionsOf(blocks);
  const tracks = reader.tracks();
  const entities = new Map<string, EntitySums>();
  for (const track of tracks) {
    const sums = withWholeTimes(track);
    if (sums.counters.size + sums.gauges.size === 0) continue;
    entities.set(track.key, { ...sums, description: descriptions.get(track.key) ?? '' });
  }
  const watchedMs = tracks[0]?.watchedMs ?? new Float64Array(steps.count);
  return { steps, ticks: ticksOf(blocks, steps), watchedMs: watchedMs.map(Math.round), entities };
}

function withWholeTimes(track: Track): Track {
  const counters = new Map<number, CounterTrack>();
  for (const [id, counter] of track.counters) {
    if (!hasIncrease(counter)) continue;
    const { increase, coveredMs, peakPerMs } = counter;
    counters.set(id, { increase: inThousandths(increase), coveredMs: coveredMs.map(Math.round), peakPerMs });
  }
  const gauges = new Map<number, GaugeTrack>();
  for (const [id, gauge] of track.gauges) {
    if (!hasSample(gauge)) continue;
    const { counts, sums, mins, maxs, lasts } = gauge;
    gauges.set(id, { counts, sums, mins, maxs, lasts });
  }
  return {
    key: track.key,
    kind: track.kind,
    counters,
    gauges,
    absentMs: track.absentMs.map(Math.round),
    watchedMs: track.watchedMs.map(Math.round),
  };
}

/** Rounds what has grown up to each step's end, so that errors of rounding do not add up. */
function inThousandths(increase: Float64Array): Float64Array {
  let grown = 0;
  let rounded = 0;
  return increase.map((part) => {
    const before = rounded;
    grown += part;
    rounded = Math.round(grown * 1000);
    return (rounded - before) / 1000;
  });
}

function descriptionsOf(blocks: readonly Block[]): ReadonlyMap<string, string> {
  const byKey = new Map<string, string>();
  const ascending = blocks.toSorted((one, other) => (one.tickTimes[0] ?? 0) - (other.tickTimes[0] ?? 0));
  for (const block of ascending) {
    for (const { key, description } of block.entities) if (description !== '') byKey.set(key, description);
  }
  return byKey;
}

function ticksOf(blocks: readonly Block[], steps: Steps): Float64Array {
  const ticks = new Float64Array(steps.count);
  for (const block of blocks) {
    for (const tickMs of block.tickTimes) {
      const index = stepOf(steps, tickMs);
      if (index >= 0 && index < steps.count) ticks[index] = (ticks[index] ?? 0) + 1;
    }
  }
  return ticks;
}
