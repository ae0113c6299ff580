import type { Block } from '@docksnap/contract';
import type { Roster, RosterGroup } from '@docksnap/contract/codec';
import { entitiesApart } from '@docksnap/contract/codec';

/** A block whose entities are others, or lack, in more than this part of a roster's says less without it. */
const mostApart = 1 / 4;

/** Whether a block is cheaper when it names that roster. */
export function differsLittle(block: Block, roster: Roster): boolean {
  return entitiesApart(block, roster) <= roster.entities.length * mostApart;
}

/** Who is in a block, which series each has, and the value at which each ends: later blocks begin about there. */
export function rosterOf({ entities, groups }: Block): Roster {
  return {
    entities: entities.map(({ kind, key, runtimeId, startedAtMs, description }) => {
      return { kind, key, runtimeId, startedAtMs, description };
    }),
    groups: groups.map(({ entity, kind, intervalMs, columns }): RosterGroup => {
      const ends = columns
        .map(({ metric, values }) => ({ metric, end: values.findLast((value) => !Number.isNaN(value)) }))
        .filter(({ end }) => end !== undefined)
        .sort((one, other) => one.metric - other.metric);
      return {
        entity,
        kind,
        ...(intervalMs === undefined ? {} : { intervalMs }),
        metrics: ends.map(({ metric }) => metric),
        references: Float64Array.from(ends, ({ end = 0 }) => end),
      };
    }),
  };
}
