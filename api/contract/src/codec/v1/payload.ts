import type { Block, Column } from '../../block.ts';
import { limits } from '../../limits.ts';
import { metricById } from '../../metrics.ts';
import { readColumns } from '../column-decode.ts';
import { readEntities } from '../entities.ts';
import type { Presence } from '../presence.ts';
import type { Reader } from '../reader.ts';
import type { GroupRow } from './groups.ts';
import { readGroups } from './groups.ts';

/** An entry of the directory: a metric, its groups, and the length of its columns. */
interface DirectoryEntry {
  readonly id: number;
  readonly groups: readonly number[];
  readonly byteLength: number;
}

/** The payload of a block of version 1: FORMAT.md, "Version 1". */
export function readPayloadV1(
  payload: Reader,
  { tickTimes }: Pick<Block, 'tickTimes'>,
  only: ReadonlySet<number> | undefined,
): Pick<Block, 'entities' | 'groups'> {
  const [firstTickMs = 0] = tickTimes;
  const entities = readEntities(payload, (difference) => firstTickMs - difference);
  let left: number = limits.valuesPerBlock;
  const room = (values: number): void => {
    left -= values;
    if (left < 0) payload.fail(`there are more than ${limits.valuesPerBlock} values`, 'too_large');
  };
  const { presence, groups } = readGroups(payload, { tickTimes, entities }, room);
  const directory = readDirectory(payload, groups.length);
  const series = directory.reduce((sum, entry) => sum + entry.groups.length, 0);
  if (series > limits.seriesPerBlock) {
    payload.fail(`${series} series are more than the limit of ${limits.seriesPerBlock}`, 'too_large');
  }
  room(series * presence.ticks);
  const columns = readMetrics(payload, directory, groups, presence, only);
  return {
    entities,
    groups: groups.map(({ entity, kind, ages }, i) => ({ entity, kind, ages, columns: columns[i] ?? [] })),
  };
}

function readDirectory(reader: Reader, groups: number): DirectoryEntry[] {
  reader.what = 'sets of groups';
  let room: number = limits.seriesPerBlock;
  const sets = Array.from({ length: reader.count(limits.metricIdMax) }, () => {
    const length = reader.count(room);
    if (length > groups) reader.fail(`${length} groups are announced, of ${groups}`);
    room -= length;
    let last = -1;
    return Array.from({ length }, () => {
      last += reader.unsigned() + 1;
      if (last >= groups) reader.fail(`there is no group ${last}`);
      return last;
    });
  });
  reader.what = 'directory of metrics';
  let id = 0;
  return Array.from({ length: reader.count(limits.metricIdMax) }, () => {
    const step = reader.unsigned();
    id += step;
    if (step === 0 || id > limits.metricIdMax) reader.fail('the ids of metrics do not ascend, or are too large');
    const set = sets[reader.index(sets.length)] ?? [];
    return { id, groups: set, byteLength: reader.unsigned() };
  });
}

/** The columns of each group. */
function readMetrics(
  reader: Reader,
  directory: readonly DirectoryEntry[],
  groups: readonly GroupRow[],
  presence: Presence,
  only: ReadonlySet<number> | undefined,
): Column[][] {
  const columns = groups.map((): Column[] => []);
  for (const { id, groups: members, byteLength } of directory) {
    reader.what = 'columns';
    const frame = reader.part(byteLength, metricById(id)?.name ?? `metric ${id}`);
    if (only?.has(id) === false) continue;
    const rows = members.map((member) => groups[member]?.presence ?? 0);
    for (const [i, values] of readColumns(frame, rows, presence).entries()) {
      if (values !== undefined) columns[members[i] ?? 0]?.push({ metric: id, values });
    }
  }
  return columns;
}
