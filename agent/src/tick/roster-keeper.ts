import type { Block, Entity, Group } from '@docksnap/contract';
import type { NamedRoster, Roster, RosterGroup, Zstd } from '@docksnap/contract/codec';
import { encodeBlock, encodeRoster, entitiesApart, rosterHash } from '@docksnap/contract/codec';
import { sha256 } from '../sha256.ts';

/** Counters move away from what they were: after this long a new roster is cheaper than their growing differences. */
const longestMs = 3_600_000;

/** A roster as it is pushed and spooled. */
export interface EncodedRoster {
  /** 32 hex digits. */
  readonly hash: string;
  readonly bytes: Uint8Array;
}

interface KeptRoster extends NamedRoster {
  readonly bytes: Uint8Array;
  readonly madeMs: number;
}

/** What was last seen of a group. */
interface SeenGroup extends Pick<Group, 'kind' | 'intervalMs'> {
  /** By metric id. */
  readonly last: Map<number, number>;
}

/**
 * Encodes ticks as what differs from a roster, and makes a new roster when that is cheaper. An entity that the roster
 * lacks, or has too many, costs about as much in a block as in a roster: so a new one is made when such costs have added
 * up to a roster's, which is never more than twice the best that one could do.
 */
export class RosterKeeper {
  readonly #zstd: Zstd;
  /** By entity. */
  #seen = new Map<string, readonly SeenGroup[]>();
  #kept: KeptRoster | undefined;
  #apart = 0;

  constructor(zstd: Zstd) {
    this.#zstd = zstd;
  }

  /** The block of one tick, and the roster that it names. */
  encode(block: Block): { readonly bytes: Uint8Array; readonly roster: EncodedRoster } {
    this.#see(block);
    const kept = this.#keptFor(block);
    return { bytes: encodeBlock(block, this.#zstd, kept), roster: { hash: kept.hash, bytes: kept.bytes } };
  }

  #keptFor(block: Block): KeptRoster {
    const [nowMs = 0] = block.tickTimes;
    const kept = this.#kept;
    if (kept !== undefined && Math.abs(nowMs - kept.madeMs) < longestMs) {
      this.#apart += entitiesApart(block, kept.roster);
      if (this.#apart <= kept.roster.entities.length) return kept;
    }
    const roster = this.#rosterOf(block);
    const bytes = encodeRoster(roster, this.#zstd);
    this.#kept = { hash: rosterHash(bytes, sha256), roster, bytes, madeMs: nowMs };
    this.#apart = 0;
    return this.#kept;
  }

  /** Who is there, with every group that was seen since it came: not each has a new sample at each tick. */
  #rosterOf({ entities }: Block): Roster {
    const groups = entities.flatMap((entity, index) =>
      (this.#seen.get(identityOf(entity)) ?? []).map((group) => toRosterGroup(index, group)),
    );
    return { entities, groups };
  }

  #see({ entities, groups }: Block): void {
    const before = this.#seen;
    this.#seen = new Map();
    const byEntity = Map.groupBy(groups, ({ entity }) => entity);
    for (const [index, entity] of entities.entries()) {
      const identity = identityOf(entity);
      this.#seen.set(identity, withSeen(before.get(identity) ?? [], byEntity.get(index) ?? []));
    }
  }
}

/** Whose groups they are goes on when a description changes. */
function identityOf({ kind, key, runtimeId, startedAtMs }: Entity): string {
  return JSON.stringify([kind, key, runtimeId, startedAtMs]);
}

function withSeen(known: readonly SeenGroup[], groups: readonly Group[]): readonly SeenGroup[] {
  const seen = [...known];
  for (const { kind, intervalMs, columns } of groups) {
    const at = seen.findIndex((group) => group.kind === kind);
    const last = seen[at]?.last ?? new Map<number, number>();
    for (const { metric, values } of columns) last.set(metric, lastOf(values));
    const group = { kind, last, ...(intervalMs === undefined ? {} : { intervalMs }) };
    if (at < 0) seen.push(group);
    else seen[at] = group;
  }
  return seen;
}

/** The newest value: there is one in each column. */
function lastOf(values: Float64Array): number {
  return values.findLast((value) => !Number.isNaN(value)) ?? 0;
}

function toRosterGroup(entity: number, { kind, intervalMs, last }: SeenGroup): RosterGroup {
  const metrics = [...last.keys()].sort((a, b) => a - b);
  return {
    entity,
    kind,
    ...(intervalMs === undefined ? {} : { intervalMs }),
    metrics,
    references: Float64Array.from(metrics, (metric) => last.get(metric) ?? 0),
  };
}
