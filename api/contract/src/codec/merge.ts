import type { Block } from '../block.ts';
import { MergedRun } from './merged-run.ts';

/**
 * Blocks of one node as few as the format's limits allow, for sealing: each the dense sequence numbers of one epoch, in
 * the order of epochs' first appearance and of sequence numbers. No sample changes. An entity is one by kind, key,
 * runtime id and start: it takes its last description, and is listed at the ticks at which it was.
 *
 * @throws RangeError for two blocks with the same tick: whoever merges has sorted repeats out.
 */
export function mergeBlocks(blocks: readonly Block[]): Block[] {
  return [...Map.groupBy(blocks, ({ epoch }) => epoch).values()].flatMap((ofEpoch) => {
    const runs: MergedRun[] = [];
    for (const block of ofEpoch.toSorted((a, b) => a.firstSeq - b.firstSeq)) {
      if (runs.at(-1)?.add(block) === true) continue;
      const run = new MergedRun(block);
      run.add(block);
      runs.push(run);
    }
    return runs.map((run) => run.block());
  });
}
