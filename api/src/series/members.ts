import type { Description, Entity } from '@docksnap/contract';
import { type Belonging, belongingOf } from '../workloads/workload-of.ts';

/** What lists entities: blocks, and sums of them. */
interface Listing {
  readonly entities: readonly Pick<Entity, 'key' | 'description'>[];
}

/** A node's entities, as told last by these blocks, that belong to what is asked for; by key. */
export function membersOf(
  blocks: readonly Listing[],
  descriptions: ReadonlyMap<string, Description>,
  isMember: (belonging: Belonging) => boolean,
): ReadonlyMap<string, Description> {
  const byKey = new Map<string, string>();
  for (const block of blocks) {
    for (const entity of block.entities) {
      if (entity.description !== '') byKey.set(entity.key, entity.description);
    }
  }
  const members = new Map<string, Description>();
  const answers = new Map<string, boolean>();
  for (const [key, hash] of byKey) {
    const description = descriptions.get(hash);
    const belonging = belongingOf(description);
    if (description === undefined || belonging === undefined) continue;
    const answer = answers.get(hash) ?? isMember(belonging);
    answers.set(hash, answer);
    if (answer) members.set(key, description);
  }
  return members;
}
