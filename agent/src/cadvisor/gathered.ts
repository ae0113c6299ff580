import type { Column, Description, Entity, Group, GroupKind } from '@docksnap/contract';
import { limits } from '@docksnap/contract/limits';
import { groupKinds } from '@docksnap/contract/metrics';
import { metricsOf } from '../exposition/families.ts';
import type { RowDrops } from '../exposition/row-drops.ts';
import type { Gathered } from '../source/source.ts';
import type { DescriptionHashes } from '../tick/description-hashes.ts';
import type { Placed } from './reader.ts';
import { housekeepingMs } from './tick-grid.ts';

/** Something that is there now, and where its samples are. */
export interface Resident {
  readonly key: string;
  readonly description: Description;
  readonly runtimeId: string;
  /** Unix ms; 0 when not known. */
  readonly startedAtMs: number;
  /** The cgroup whose samples it has, of these groups alone; undefined: none. */
  readonly samples: { readonly path: string; readonly groups: readonly GroupKind[] } | undefined;
}

/**
 * The block of a read: every resident, and each of its groups that has a sample at any tick, as many as a block may
 * hold; the first residents have theirs first, and what finds no room is counted.
 */
export function gatheredOf(
  residents: readonly Resident[],
  tickTimes: readonly number[],
  placed: ReadonlyMap<string, Placed>,
  { hashes, drops }: { readonly hashes: DescriptionHashes; readonly drops: RowDrops },
): Gathered {
  const entities: Entity[] = [];
  const groups: Group[] = [];
  const descriptions = new Map<string, Description>();
  let series = 0;
  const add = (group: Group): void => {
    const after = series + group.columns.length;
    const values = (after + groups.length + 1) * tickTimes.length;
    if (after > limits.seriesPerBlock || values > limits.valuesPerBlock) {
      drops.add('too_many', group.columns.length);
      return;
    }
    series = after;
    groups.push(group);
  };
  for (const { key, description, runtimeId, startedAtMs, samples } of residents) {
    const hash = hashes.of(description);
    descriptions.set(hash, description);
    const entity = entities.push({ kind: description.kind, key, runtimeId, startedAtMs, description: hash }) - 1;
    const row = samples === undefined ? undefined : placed.get(samples.path);
    if (row !== undefined && samples !== undefined) groupsOf(entity, row, samples.groups, tickTimes).forEach(add);
  }
  return { block: { intervalMs: housekeepingMs, tickTimes, entities, groups }, descriptions };
}

/** An entity's groups of these kinds, those that have a sample at any tick. */
export function groupsOf(
  entity: number,
  row: Placed,
  kinds: readonly GroupKind[],
  tickTimes: readonly number[],
): readonly Group[] {
  return groupKinds
    .filter((kind) => kinds.includes(kind))
    .map((kind) => ({ kind, columns: columnsOf(row, kind) }))
    .filter(({ columns }) => columns.length > 0)
    .map(({ kind, columns }) => ({ entity, kind, ages: agesOf(row, columns, tickTimes), columns }));
}

function columnsOf(row: Placed, kind: GroupKind): readonly Column[] {
  return metricsOf(kind).flatMap(({ id }, index) => {
    const values = Float64Array.from(row, (sample) => sample?.values[kind][index] ?? NaN);
    return values.some((value) => !Number.isNaN(value)) ? [{ metric: id, values }] : [];
  });
}

/** NaN where the tick brought nothing of this group: where no column has a value. */
function agesOf(row: Placed, columns: readonly Column[], tickTimes: readonly number[]): Float64Array {
  return Float64Array.from(row, (sample, tick) => {
    const isThere = columns.some(({ values }) => !Number.isNaN(values[tick]));
    return sample === undefined || !isThere ? NaN : (tickTimes[tick] ?? 0) - sample.sampleMs;
  });
}
