import type { Block, Description, Entity } from '@docksnap/contract';
import { mergeIncarnations } from '../store/incarnations.ts';
import type { KnownEntity } from '../store/store.ts';
import { lastTickOf } from './recent-blocks.ts';

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
  const seenMs = lastTickOf(block);
  for (const entity of block.entities) {
    const before = byKey.get(entity.key);
    const after = seen(before, entity, descriptions.get(entity.description), seenMs);
    byKey.set(entity.key, after);
    if (isChanged(before, after)) changed.add(entity.key);
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
  const newest = before === undefined || seenMs >= before.lastSeenMs;
  const started = runtimeId === '' && startedAtMs === 0 ? [] : [{ runtimeId, startedAtMs, lastSeenMs: seenMs }];
  return {
    kind,
    key,
    description: newest ? (description ?? before?.description) : (before.description ?? description),
    lastSeenMs: Math.max(seenMs, before?.lastSeenMs ?? 0),
    incarnations: mergeIncarnations(started, before?.incarnations ?? []),
  };
}

function isChanged(before: KnownEntity | undefined, after: KnownEntity): boolean {
  return (
    before?.description !== after.description ||
    before?.incarnations.length !== after.incarnations.length ||
    before?.incarnations[0]?.runtimeId !== after.incarnations[0]?.runtimeId
  );
}

/** Those seen at or after fromMs. */
export function seenSince(known: ReadonlyMap<string, KnownEntity>, fromMs: number): ReadonlyMap<string, KnownEntity> {
  return new Map([...known].filter(([, entity]) => entity.lastSeenMs >= fromMs));
}
