import { type Block, isListed } from '@docksnap/contract';

/** A block as it was at a time: its ticks up to then, and the entities that one of them lists; undefined: none. */
export function cutBlock(block: Block, atMs: number): Block | undefined {
  const end = block.tickTimes.findIndex((tickMs) => tickMs > atMs);
  if (end === -1) return block;
  if (end === 0) return undefined;
  return {
    ...block,
    tickTimes: block.tickTimes.slice(0, end),
    groups: block.groups.map((group) => ({
      ...group,
      ages: group.ages.subarray(0, end),
      columns: group.columns.map(({ metric, values }) => ({ metric, values: values.subarray(0, end) })),
    })),
  };
}

/** The entities that a block's last tick lists. */
export function listedLast(block: Block): Block['entities'] {
  return block.entities.filter((entity) => isListed(entity, block.tickTimes.length - 1));
}
