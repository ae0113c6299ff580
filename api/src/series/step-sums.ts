import { type Derivation, metricByName, type MetricName } from '@docksnap/contract';
import { meansOf, type Track } from './track.ts';

/**
 * The values of one queried metric, from one track or the sum of many; null where none has any:
 * - a rate is increase over covered time, however little of the step is covered: both are cut in the same proportion,
 *   so that a sliver shows the rate of its pair of samples;
 * - a ratio is the sum of the first's increases over the sum of the second's;
 * - a gauge is its mean in the step, else its last sample within the gap limit.
 * Time in which an entity is known not to have been there counts as 0, so that a pod that follows another within a
 * step makes neither a dip nor a spike in their sum. Time of which nothing is known does not count at all.
 */
export function stepValues(derivation: Derivation, tracks: readonly Track[], count: number): (number | null)[] {
  switch (derivation.kind) {
    case 'rate':
      return rates(derivation.from, derivation.scale, tracks, count);
    case 'ratio':
      return ratios(derivation.from, tracks, count);
    case 'gauge':
      return gauges(derivation.from[0], tracks, count);
  }
}

function rates(from: readonly MetricName[], scale: number, tracks: readonly Track[], count: number): (number | null)[] {
  const sum = new Float64Array(count).fill(NaN);
  for (const track of tracks) {
    const counters = from.map((name) => track.counters.get(idOf(name)));
    for (let index = 0; index < count; index += 1) {
      const coveredMs = counters[0]?.coveredMs[index] ?? 0;
      if (coveredMs === 0 || counters.includes(undefined)) continue;
      const increase = counters.reduce((total, counter) => total + (counter?.increase[index] ?? 0), 0);
      const seconds = (coveredMs + (track.absentMs[index] ?? 0)) / 1000;
      add(sum, index, (increase * scale) / seconds);
    }
  }
  return known(sum);
}

function ratios(
  [over, under]: readonly [MetricName, MetricName],
  tracks: readonly Track[],
  count: number,
): (number | null)[] {
  const above = new Float64Array(count);
  const below = new Float64Array(count);
  for (const track of tracks) {
    const increases = track.counters.get(idOf(over))?.increase;
    const bases = track.counters.get(idOf(under))?.increase;
    if (increases === undefined || bases === undefined) continue;
    for (let index = 0; index < count; index += 1) {
      add(above, index, increases[index] ?? 0);
      add(below, index, bases[index] ?? 0);
    }
  }
  return known(above.map((increase, index) => increase / (below[index] === 0 ? NaN : (below[index] ?? NaN))));
}

function gauges(name: MetricName, tracks: readonly Track[], count: number): (number | null)[] {
  const sum = new Float64Array(count).fill(NaN);
  for (const track of tracks) {
    const gauge = track.gauges.get(idOf(name));
    if (gauge === undefined) continue;
    const values = meansOf(gauge);
    for (let index = 0; index < count; index += 1) {
      const value = values[index] ?? NaN;
      const share = shareOfStep(track, index);
      if (!Number.isNaN(value) && share > 0) add(sum, index, value * share);
    }
  }
  return known(sum);
}

/** The part of a step in which an entity was there, as far as its node was watched. */
function shareOfStep(track: Track, index: number): number {
  const watchedMs = track.watchedMs[index] ?? 0;
  return watchedMs === 0 ? 1 : 1 - (track.absentMs[index] ?? 0) / watchedMs;
}

function idOf(name: MetricName): number {
  return metricByName(name)?.id ?? NaN;
}

/** NaN is nothing known yet. */
function add(sum: Float64Array, index: number, value: number): void {
  const before = sum[index] ?? NaN;
  sum[index] = Number.isNaN(before) ? value : before + value;
}

function known(values: Float64Array): (number | null)[] {
  return Array.from(values, (value) => (Number.isNaN(value) ? null : value));
}
