import type { Entity, Group } from '../block.ts';

/**
 * What stays the same from block to block of a node: who is there, and which series each has. Blocks name one by its
 * hash and say only what differs from it.
 */
export interface Roster {
  /** Without listedAt: that is a block's to say. */
  readonly entities: readonly Entity[];
  readonly groups: readonly RosterGroup[];
}

/** A group's series. */
export interface RosterGroup extends Pick<Group, 'kind' | 'intervalMs'> {
  /** Index into entities. */
  readonly entity: number;
  /** Ids, ascending; may be shared by groups. */
  readonly metrics: readonly number[];
  /** For each metric a whole number that its first sample in a block is stored as the difference to. Absent: 0. */
  readonly references?: Float64Array;
}

export interface NamedRoster {
  /** 32 hex digits: rosterHash of its bytes. */
  readonly hash: string;
  readonly roster: Roster;
}

/** One metric of a roster, in all groups that have it. */
export interface MetricSeries {
  readonly metric: number;
  /** Indexes of groups, ascending. */
  readonly groups: readonly number[];
  /** For each of them. */
  readonly references: Float64Array;
}

const indexes = new WeakMap<Roster, readonly MetricSeries[]>();

/** The roster's series by metric, ids ascending; worked out once. */
export function seriesOf(roster: Roster): readonly MetricSeries[] {
  const known = indexes.get(roster) ?? byMetric(roster);
  indexes.set(roster, known);
  return known;
}

function byMetric({ groups }: Roster): readonly MetricSeries[] {
  const metrics = new Map<number, { groups: number[]; references: number[] }>();
  for (const [i, group] of groups.entries()) {
    for (const [at, id] of group.metrics.entries()) {
      const metric = metrics.get(id) ?? { groups: [], references: [] };
      metric.groups.push(i);
      metric.references.push(group.references?.[at] ?? 0);
      metrics.set(id, metric);
    }
  }
  return [...metrics]
    .sort(([a], [b]) => a - b)
    .map(([metric, { groups: members, references }]) => {
      return { metric, groups: members, references: Float64Array.from(references) };
    });
}

/** The roster without some of its entities (their indexes, ascending), and with more behind. */
export function amended(base: Roster, gone: readonly number[], more: Roster): Roster {
  if (gone.length === 0 && more.entities.length === 0 && more.groups.length === 0) return base;
  const isGone = new Set(gone);
  const numbers: (number | undefined)[] = [];
  const entities: Entity[] = [];
  for (const [i, entity] of base.entities.entries()) {
    numbers.push(isGone.has(i) ? undefined : entities.length);
    if (!isGone.has(i)) entities.push(entity);
  }
  const kept = base.groups.flatMap((group): RosterGroup[] => {
    const entity = numbers[group.entity];
    return entity === undefined ? [] : [{ ...group, entity }];
  });
  return { entities: [...entities, ...more.entities], groups: [...kept, ...more.groups] };
}
