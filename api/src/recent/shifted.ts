import type { Block } from '@docksnap/contract';

/** The block with all its times moved by shiftMs: ticks, and starts where they are known. */
export function shifted(block: Block, shiftMs: number): Block {
  if (shiftMs === 0) return block;
  return {
    ...block,
    tickTimes: block.tickTimes.map((time) => time + shiftMs),
    entities: block.entities.map((entity) =>
      entity.startedAtMs === 0 ? entity : { ...entity, startedAtMs: Math.max(1, entity.startedAtMs + shiftMs) },
    ),
  };
}
