import type { Block, Description, Entity } from '@docksnap/contract';
import { mergeIncarnations } from '../store/incarnations.ts';
import type { KnownEntity } from '../store/store.ts';

/** What a node's blocks have said of its entities. */
export interface Entities {
  readonly byKey: ReadonlyMap<string, KnownEntity>;
  /** Keys whose description or incarnations are new. */
  readonly changed: ReadonlySet<string>;
}

/** The entities after one more block, which may be older than what is known. */
export function withEntities(
  known: ReadonlyMap<string, KnownEntity>,
  block: Block,
  descriptions: ReadonlyMap<string, Description>,
): Entities {
  const byKey = new Map(known);
  const changed = new Set<string>();
  const seenMs = block.tickTimes.at(-1) ?? 0;
  for (const entity of block.entities) {
    const before = byKey.get(entity.key);
    const after = seen(before, entity, descriptions.get(entity.description), seenMs);
    byKey.set(entity.key, after);
    if (before === undefined || isChanged(before, after)) changed.add(entity.key);
  }
  return { byKey, changed };
}

function seen(
  before: KnownEntity | undefined,
  entity: Entity,
  description: Description | undefined,
  seenMs: number,
): KnownEntity {
  const { kind, key, runtimeId, startedAtMs } = entity;
  const incarnations = runtimeId === '' && startedAtMs === 0 ? [] : [{ runtimeId, startedAtMs, lastSeenMs: seenMs }];
  if (before === undefined) return { kind, key, description, lastSeenMs: seenMs, incarnations };
  const [newer, older] =
    seenMs >= before.lastSeenMs ? [description, before.description] : [before.description, description];
  return {
    kind,
    key,
    description: newer ?? older,
    lastSeenMs: Math.max(seenMs, before.lastSeenMs),
    incarnations: mergeIncarnations(incarnations, before.incarnations),
  };
}

function isChanged(before: KnownEntity, after: KnownEntity): boolean {
  if (before.description !== after.description || before.incarnations.length !== after.incarnations.length) return true;
  return before.incarnations[0]?.runtimeId !== after.incarnations[0]?.runtimeId;
}

/** Those seen at or after fromMs. */
export function seenSince(known: ReadonlyMap<string, KnownEntity>, fromMs: number): ReadonlyMap<string, KnownEntity> {
  return new Map([...known].filter(([, entity]) => entity.lastSeenMs >= fromMs));
}
