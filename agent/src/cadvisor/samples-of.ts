import type { GroupKind } from '@docksnap/contract';
import { groupKinds } from '@docksnap/contract/metrics';
import type { RowDrops } from '../exposition/row-drops.ts';
import { objectOf, objectsOf, timeOf } from '../json.ts';
import { valuesOf } from './sample-values.ts';
import { keptTicks } from './tick-grid.ts';

/** What one cgroup was at one moment. */
export interface CgroupSample {
  /** Unix ms. */
  readonly sampleMs: number;
  /** By metricsOf(group). */
  readonly values: Readonly<Record<GroupKind, Float64Array>>;
}

/** Which samples are news. */
export interface Window {
  /** Those at or before it are known, unix ms. */
  readonly afterMs: number;
  /** Those before it are no news, and after it are not to be believed, unix ms. */
  readonly oldestMs: number;
  readonly newestMs: number;
  /** Of the root: the node itself. */
  readonly node: boolean;
}

/**
 * The new samples of one cgroup on a page of v2.0/stats, oldest first. What makes no sense is counted and left out: a
 * sample without time, one of another age, a moment that comes twice, a number that is none.
 */
export function samplesOf(page: unknown, window: Window, drops: RowDrops): readonly CgroupSample[] {
  const [rows] = Object.values(objectOf(page));
  if (!Array.isArray(rows)) {
    drops.add('malformed');
    return [];
  }
  const samples = new Map<number, CgroupSample>();
  // No more is ever asked for.
  const newest = rows.slice(-keptTicks);
  drops.add('too_many', rows.length - newest.length);
  drops.add('malformed', newest.length - objectsOf(newest).length);
  for (const row of objectsOf(newest)) {
    const sampleMs = timeOf(row['timestamp']);
    if (sampleMs === undefined) drops.add('malformed');
    else if (sampleMs <= window.afterMs && sampleMs >= window.oldestMs) continue;
    else if (sampleMs < window.oldestMs || sampleMs > window.newestMs) drops.add('time_out_of_range');
    else if (samples.has(sampleMs)) drops.add('duplicate');
    else samples.set(sampleMs, sampleOf(row, sampleMs, window.node, drops));
  }
  return [...samples.values()].sort((one, other) => one.sampleMs - other.sampleMs);
}

function sampleOf(row: Parameters<typeof valuesOf>[0], sampleMs: number, node: boolean, drops: RowDrops): CgroupSample {
  const refused = (): void => {
    drops.add('bad_value');
  };
  const values = groupKinds.map((group) => [group, valuesOf(row, group, node, refused)] as const);
  return { sampleMs, values: Object.fromEntries(values) as Record<GroupKind, Float64Array> };
}
