import { type Derivation, metricByName, type MetricName } from '@docksnap/contract';
import { type CounterTrack, type GaugeTrack, meansOf, shareOfStep, type Track } from './track.ts';

/**
 * The values of one queried metric, from one track or the sum of many; NaN where none has any:
 * - a rate is increase over covered time, however little of the step is covered: both are cut in the same proportion,
 *   so that a sliver shows the rate of its pair of samples;
 * - a ratio is the sum of the first's increases over the sum of the second's;
 * - a gauge is its mean in the step, else its last sample within the gap limit.
 * Time in which an entity is known not to have been there counts as 0, so that a pod that follows another within a
 * step makes neither a dip nor a spike in their sum. Time of which nothing is known does not count at all.
 */
export function stepValues(derivation: Derivation, tracks: readonly Track[], count: number): Float64Array {
  switch (derivation.kind) {
    case 'rate':
      return rates(derivation.from, derivation.scale, tracks, count);
    case 'ratio':
      return ratios(derivation.from, tracks, count);
    case 'gauge':
      return gauges(derivation.from[0], tracks, count, meansOf);
  }
}

/**
 * The largest or smallest value that was seen in each step, of one track: a rate between two samples, a gauge's
 * sample. Undefined where a track does not know it: its mean values then have to do.
 */
export function extremes(
  derivation: Derivation,
  track: Track,
  count: number,
  which: 'min' | 'max',
): Float64Array | undefined {
  if (derivation.kind === 'gauge') {
    return gauges(derivation.from[0], [track], count, (gauge) =>
      filled(gauge, which === 'min' ? gauge.mins : gauge.maxs),
    );
  }
  const counter =
    derivation.kind === 'rate' && which === 'max' ? track.counters.get(idOf(derivation.from[0])) : undefined;
  return counter?.peakPerMs.map((perMs) => perMs * 1000 * (derivation.kind === 'rate' ? derivation.scale : NaN));
}

/** A step without a sample has what was there before. */
function filled(gauge: GaugeTrack, values: Float64Array): Float64Array {
  const { lasts } = gauge;
  return values.map((value, index) => (Number.isNaN(value) ? (lasts[index] ?? NaN) : value));
}

function rates(from: readonly MetricName[], scale: number, tracks: readonly Track[], count: number): Float64Array {
  const sum = new Float64Array(count).fill(NaN);
  for (const track of tracks) {
    const counters = from.map((name) => track.counters.get(idOf(name))).filter((counter) => counter !== undefined);
    const [main, ...more] = counters;
    if (main === undefined || counters.length < from.length) continue;
    for (let index = 0; index < count; index += 1) {
      const coveredMs = main.coveredMs[index] ?? 0;
      if (coveredMs === 0) continue;
      const seconds = (coveredMs + (track.absentMs[index] ?? 0)) / 1000;
      add(sum, index, (increaseOf(main, more, index) * scale) / seconds);
    }
  }
  return sum;
}

function increaseOf(main: CounterTrack, more: readonly CounterTrack[], index: number): number {
  let increase = main.increase[index] ?? 0;
  for (const counter of more) increase += counter.increase[index] ?? 0;
  return increase;
}

function ratios(
  [over, under]: readonly [MetricName, MetricName],
  tracks: readonly Track[],
  count: number,
): Float64Array {
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
  return above.map((increase, index) => increase / (below[index] === 0 ? NaN : (below[index] ?? NaN)));
}

function gauges(
  name: MetricName,
  tracks: readonly Track[],
  count: number,
  valuesOf: (gauge: GaugeTrack) => Float64Array,
): Float64Array {
  const sum = new Float64Array(count).fill(NaN);
  for (const track of tracks) {
    const gauge = track.gauges.get(idOf(name));
    if (gauge === undefined) continue;
    const values = valuesOf(gauge);
    for (let index = 0; index < count; index += 1) {
      const value = values[index] ?? NaN;
      const share = shareOfStep(track, index);
      if (!Number.isNaN(value) && share > 0) add(sum, index, value * share);
    }
  }
  return sum;
}

function idOf(name: MetricName | undefined): number {
  return (name === undefined ? undefined : metricByName(name)?.id) ?? NaN;
}

/** NaN is nothing known yet. */
function add(sum: Float64Array, index: number, value: number): void {
  const before = sum[index] ?? NaN;
  sum[index] = Number.isNaN(before) ? value : before + value;
}
