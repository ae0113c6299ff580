import * as fc from 'fast-check';
import type { Block } from '../../block.ts';
import type { Roster, RosterGroup } from '../roster.ts';

const max = Number.MAX_SAFE_INTEGER;
const references = fc.oneof(
  fc.constantFrom(0, 1, max, -max),
  fc.integer({ min: -max, max }),
  fc.integer({ min: -1000, max: 1000 }).map((page) => page * 4096 + 0),
);

/** What a block has, with references of any kind: as a roster of its own. */
export function rosters(block: Block): fc.Arbitrary<Roster> {
  const entities = block.entities.map(({ kind, key, runtimeId, startedAtMs, description }) => {
    return { kind, key, runtimeId, startedAtMs, description };
  });
  const groups = block.groups.map(({ entity, kind, intervalMs, columns }): fc.Arbitrary<RosterGroup> => {
    const metrics = columns.map(({ metric }) => metric).sort((a, b) => a - b);
    return fc.array(references, { minLength: metrics.length, maxLength: metrics.length }).map((all) => ({
      entity,
      kind,
      ...(intervalMs === undefined ? {} : { intervalMs }),
      metrics,
      references: Float64Array.from(all),
    }));
  });
  return fc.tuple(...groups).map((all) => ({ entities, groups: all }));
}

/** The block without the order of its entities and groups, which a base changes: the same for equal blocks. */
export function unordered({ entities, groups, ...ticks }: Block): unknown {
  return {
    ticks,
    entities: entities.map((entity) => text(entity)).sort(),
    groups: groups
      .map(({ entity, kind, intervalMs, ages, columns }) => text([entities[entity], kind, intervalMs, ages, columns]))
      .sort(),
  };
}

function text(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) => (member instanceof Float64Array ? [...member] : member));
}
