import type { Block, Entity, Group } from '../block.ts';
import { isAbsent } from './absent.ts';
import type { Roster, RosterGroup } from './roster.ts';
import { amended } from './roster.ts';

/** How a block is written: what differs from the roster that it names, and its groups in the order of both together. */
export interface Plan {
  /** Entities of the base that the block lacks, by index, ascending. */
  readonly gone: readonly number[];
  /** What the base lacks. */
  readonly more: Roster;
  /** The base without the one and with the other. */
  readonly roster: Roster;
  /** The block's entity for each of the roster's. */
  readonly entities: readonly Entity[];
  /** The block's group for each of the roster's; undefined where the block has no sample of it. */
  readonly groups: readonly (Group | undefined)[];
}

/** Without a base everything is new. A column without values, and a group without samples, is left out. */
export function planOf(block: Block, base: Roster = { entities: [], groups: [] }): Plan {
  const sampled = block.groups.filter(hasSamples);
  const groupsOf = Map.groupBy(sampled, ({ entity }) => entity);
  const known = new BaseEntities(base);
  const taken = block.entities.map((entity, i) => known.take(entity, groupsOf.get(i) ?? [], block.intervalMs));
  const gone = known.rest();
  const blockEntityOf = new Map(taken.flatMap((index, i) => (index === undefined ? [] : [[index, i] as const])));
  const news = block.entities.flatMap((_, i) => (taken[i] === undefined ? [i] : []));

  const firstNew = base.entities.length - gone.length;
  const newNumbers = new Map(news.map((i, at) => [i, firstNew + at]));
  const moreGroups = sampled.flatMap((group) => {
    const at = newNumbers.get(group.entity);
    return at === undefined ? [] : [{ at, group }];
  });
  const more = {
    entities: news.flatMap((i) => unlisted(block.entities[i])),
    groups: moreGroups.map(({ at, group }) => rosterGroup(at, group, block.intervalMs)),
  };
  const keptEntities = base.entities.flatMap((_, index) => blockEntityOf.get(index) ?? []);
  const keptGroups = base.groups.flatMap(({ entity, kind }): (Group | undefined)[] => {
    const owner = blockEntityOf.get(entity);
    return owner === undefined ? [] : [groupsOf.get(owner)?.find((group) => group.kind === kind)];
  });
  return {
    gone,
    more,
    roster: amended(base, gone, more),
    entities: [...keptEntities, ...news].flatMap((i) => block.entities[i] ?? []),
    groups: [...keptGroups, ...moreGroups.map(({ group }) => group)],
  };
}

function hasSamples(group: Group): boolean {
  return group.ages.some((age) => !isAbsent(age));
}

function unlisted(entity: Entity | undefined): Entity[] {
  if (entity === undefined) return [];
  const { kind, key, runtimeId, startedAtMs, description } = entity;
  return [{ kind, key, runtimeId, startedAtMs, description }];
}

function rosterGroup(entity: number, group: Group, blockIntervalMs: number): RosterGroup {
  const metrics = group.columns
    .filter(({ values }) => values.some((value) => !isAbsent(value)))
    .map(({ metric }) => metric)
    .sort((a, b) => a - b);
  const { kind, intervalMs = blockIntervalMs } = group;
  return intervalMs === blockIntervalMs ? { entity, kind, metrics } : { entity, kind, intervalMs, metrics };
}

/** What a base knows, each entity of which a block may take once. */
class BaseEntities {
  readonly #base: Roster;
  readonly #byIdentity = new Map<string, number>();
  readonly #groups: ReadonlyMap<number, readonly RosterGroup[]>;

  constructor(base: Roster) {
    this.#base = base;
    this.#groups = Map.groupBy(base.groups, ({ entity }) => entity);
    for (const [i, entity] of base.entities.entries()) this.#byIdentity.set(identityOf(entity), i);
  }

  /** Its index in the base; undefined if it is not there, or its groups there cannot hold these. */
  take(entity: Entity, groups: readonly Group[], blockIntervalMs: number): number | undefined {
    const identity = identityOf(entity);
    const index = this.#byIdentity.get(identity);
    if (index === undefined || !canHold(this.#groups.get(index) ?? [], groups, blockIntervalMs)) return undefined;
    this.#byIdentity.delete(identity);
    return index;
  }

  /** Those that nobody took, ascending. A base's second entity of one identity is never taken. */
  rest(): readonly number[] {
    const left = new Set(this.#byIdentity.values());
    const identities = new Set<string>();
    for (const [i, entity] of [...this.#base.entities.entries()].reverse()) {
      const identity = identityOf(entity);
      if (identities.has(identity)) left.add(i);
      identities.add(identity);
    }
    return [...left].sort((a, b) => a - b);
  }
}

function identityOf({ kind, key, runtimeId, startedAtMs, description }: Entity): string {
  return JSON.stringify([kind, key, runtimeId, startedAtMs, description]);
}

function canHold(known: readonly RosterGroup[], groups: readonly Group[], blockIntervalMs: number): boolean {
  const kinds = new Set(known.map(({ kind }) => kind));
  if (kinds.size < known.length || new Set(groups.map(({ kind }) => kind)).size < groups.length) return false;
  return groups.every((group) => {
    const place = known.find(({ kind }) => kind === group.kind);
    if (place === undefined) return false;
    const { metrics, references, intervalMs = blockIntervalMs } = place;
    if (intervalMs !== (group.intervalMs ?? blockIntervalMs)) return false;
    return group.columns.every(({ metric, values }) => {
      const first = values.find((value) => !isAbsent(value));
      if (first === undefined) return true;
      const at = metrics.indexOf(metric);
      return at >= 0 && Number.isSafeInteger(first - (references?.[at] ?? 0));
    });
  });
}

/** How many entities a block has that a roster lacks, and lacks that it has: each costs its own bytes in the block. */
export function entitiesApart(block: Block, roster: Roster): number {
  const { gone, more } = planOf(block, roster);
  return gone.length + more.entities.length;
}
