import type { Logger } from '@nestjs/common';
import { StoreUnavailableError } from '../store/store.ts';
import type { DirtyPart } from './dirty-windows.ts';

/** A turn of work ends after this long, and the next goes on: somebody else may hold the lease by then. */
export const turnMs = 20_000;

/** A node and what is marked of it. */
export type NodeMarks = readonly [nodeId: string, marks: readonly DirtyPart[]];

/** Marks by node, of the nodes of which one mark was made before a time. */
export function dueBefore(marks: readonly DirtyPart[], timeMs: number): readonly NodeMarks[] {
  const byNode = [...Map.groupBy(marks, ({ nodeId }) => nodeId)];
  return byNode.filter(([, some]) => some.some(({ markedMs }) => markedMs <= timeMs));
}

/** Does some work; what fails because it is damaged must not keep the rest from it, and is told. */
export async function guarded(log: Logger, what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof StoreUnavailableError) throw error;
    log.error(`${what}: ${error instanceof Error ? error.message : 'unknown error'}; it is tried again`);
  }
}
