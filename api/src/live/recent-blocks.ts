import type { Block } from '@docksnap/contract';

/** What memory holds of each node, in ms. */
export const memoryMs = 15 * 60 * 1000;
/** Ticks held per node at most: 15 minutes of one-second samples, and room for a clock that stands still. */
export const mostTicks = 1200;

/** When a block's last tick was taken, unix ms. */
export function lastTickOf(block: Block): number {
  return block.tickTimes.at(-1) ?? 0;
}

/** The blocks of both lists, ascending, each (epoch, firstSeq) once: a sender never moves a block's boundaries. */
export function mergeBlocks(a: readonly Block[], b: readonly Block[]): readonly Block[] {
  const identities = new Set<string>();
  const once = [...a, ...b].filter((block) => {
    const identity = `${block.epoch}/${block.firstSeq}`;
    return !identities.has(identity) && identities.add(identity);
  });
  return once.sort((x, y) => (x.tickTimes[0] ?? 0) - (y.tickTimes[0] ?? 0));
}

/** Of ascending blocks those that reach beyond fromMs, and of these the newest with mostTicks ticks in all. */
export function newest(blocks: readonly Block[], fromMs: number): readonly Block[] {
  let ticks = 0;
  const tooMany = blocks.findLastIndex((block) => (ticks += block.tickTimes.length) > mostTicks);
  return blocks.filter((block, index) => index > tooMany && lastTickOf(block) >= fromMs);
}

/** Blocks with ticks in [fromMs, toMs]. */
export function inRange(blocks: readonly Block[], fromMs: number, toMs: number): readonly Block[] {
  return blocks.filter((block) => lastTickOf(block) >= fromMs && (block.tickTimes[0] ?? 0) <= toMs);
}
