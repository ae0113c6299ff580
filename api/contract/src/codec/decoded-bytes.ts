import type { Block } from '../block.ts';

/** What an entity, a group or a series takes besides its values: objects, views and strings, as measured in V8. */
const rowBytes = 224;
const valueBytes = 8;

/** About the memory that a decoded block takes, in bytes: 224 for each entity, group and series, 8 for each value and age. */
export function decodedBytes(block: Block): number {
  const series = block.groups.reduce((sum, group) => sum + group.columns.length, 0);
  const rows = block.groups.length + series;
  return (block.entities.length + rows) * rowBytes + rows * block.tickTimes.length * valueBytes;
}
