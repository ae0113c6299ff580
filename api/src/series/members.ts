import type { Block, Description } from '@docksnap/contract';
import { type Belonging, belongingOf } from '../workloads/workload-of.ts';

/** Keys of a node's entities whose description, as told last, belongs to a namespace or workload. */
export function membersOf(
  blocks: readonly Block[],
  descriptions: ReadonlyMap<string, Description>,
  isMember: (belonging: Belonging) => boolean,
): ReadonlySet<string> {
  const byKey = new Map<string, string>();
  for (const block of blocks) {
    for (const entity of block.entities) {
      if (entity.description !== '') byKey.set(entity.key, entity.description);
    }
  }
  const answers = new Map<string, boolean>();
  const belongs = (hash: string): boolean => {
    const belonging = belongingOf(descriptions.get(hash));
    const answer = answers.get(hash) ?? (belonging !== undefined && isMember(belonging));
    answers.set(hash, answer);
    return answer;
  };
  return new Set([...byKey].filter(([, hash]) => belongs(hash)).map(([key]) => key));
}
