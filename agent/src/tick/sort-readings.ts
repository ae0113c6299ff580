import type { Reading } from '../exposition/reading.ts';
import type { RowDrops } from '../exposition/row-drops.ts';
import type { Incarnation } from '../pods/container-status.ts';
import type { Pod } from '../pods/pod.ts';
import type { NamespaceFilter, PodList } from '../pods/pod-list.ts';
import { ownerOf } from './incarnation.ts';

/** A sample older than this is not news: what it belongs to has long ended. */
const oldestMs = 15 * 60_000;
/** The kubelet and this agent share a clock; a sample from further ahead is wrong. */
const newestMs = 60_000;

/** What series stand for: the node, a pod, or one start of a container. */
export type Holder = 'node' | Pod | Incarnation;

/** The new samples of one tick by holder. */
export type Samples = ReadonlyMap<Holder, readonly Reading[]>;

function isSent(reading: Reading): boolean {
  return reading.sampleMs === reading.sentSampleMs;
}

/** Whether there is a new sample whose owner the pod list does not know: then the list must be read again. */
export function hasUnknownOwner(readings: readonly Reading[], pods: PodList, filter: NamespaceFilter): boolean {
  return readings.some(
    (reading) =>
      !isSent(reading) &&
      reading.sampleMs !== reading.refusedSampleMs &&
      ownerOf(reading, pods, filter).kind === 'unknown',
  );
}

function holderOf(reading: Reading, pods: PodList, filter: NamespaceFilter): Holder | 'unknown' | undefined {
  const owner = ownerOf(reading, pods, filter);
  switch (owner.kind) {
    case 'node':
      return 'node';
    case 'pod':
      return owner.pod;
    case 'container':
      return owner.incarnation;
    case 'unknown':
      return 'unknown';
    case 'ignored':
      return undefined;
  }
}

/**
 * Sorts readings by whom they belong to and marks them as sent. Unchanged samples are left out; those that belong to
 * nobody or lie too far from the tick are counted, once each.
 */
export function sortReadings(
  readings: readonly Reading[],
  pods: PodList,
  filter: NamespaceFilter,
  tick: { readonly tickMs: number; readonly drops: RowDrops },
): Samples {
  const samples = new Map<Holder, Reading[]>();
  const { tickMs, drops } = tick;
  for (const reading of readings) {
    const holder = isSent(reading) ? undefined : holderOf(reading, pods, filter);
    if (holder === undefined) continue;
    if (holder === 'unknown') {
      if (reading.refusedSampleMs !== reading.sampleMs) drops.add('unknown_container', reading.rows);
      reading.refusedSampleMs = reading.sampleMs;
      reading.refusedStartMs = reading.startedAtMs;
      continue;
    }
    reading.sentSampleMs = reading.sampleMs;
    const ageMs = tickMs - reading.sampleMs;
    if (ageMs > oldestMs || ageMs < -newestMs) drops.add('time_out_of_range', reading.rows);
    else samples.set(holder, [...(samples.get(holder) ?? []), reading]);
  }
  return samples;
}
