import type { Block } from '../block.ts';
import type { Roster } from './roster.ts';

/** What an entity, a group or a series takes besides its values: objects, views and strings, as measured in V8. */
const rowBytes = 224;
const valueBytes = 8;

/** About the memory that a decoded block takes, in bytes: 224 for each entity, group and series, 8 for each value and age. */
export function decodedBytes(block: Block): number {
  const series = block.groups.reduce((sum, group) => sum + group.columns.length, 0);
  const rows = block.groups.length + series;
  return (block.entities.length + rows) * rowBytes + rows * block.tickTimes.length * valueBytes;
}

/** What a series of a roster takes: its reference, and its places in the lists by metric. */
const seriesBytes = 32;

/** The same of a roster: 224 for each entity and group, 32 for each series. */
export function decodedRosterBytes({ entities, groups }: Roster): number {
  const series = groups.reduce((sum, { metrics }) => sum + metrics.length, 0);
  return (entities.length + groups.length) * rowBytes + series * seriesBytes;
}
