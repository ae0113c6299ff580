import type { Block, Column } from '../block.ts';
import { limits } from '../limits.ts';
import { metricById } from '../metrics.ts';
import { BlockError } from './block-error.ts';
import { readColumns } from './column-decode.ts';
import { readEntities } from './entities.ts';
import type { GroupRow } from './groups.ts';
import { readGroups } from './groups.ts';
import type { TickHeader } from './header.ts';
import { readHeader } from './header.ts';
import type { Zstd } from './ports.ts';
import type { Presence } from './presence.ts';
import { Reader } from './reader.ts';

/** A block's ticks, and its length in bytes as encoded. */
export interface BlockHeader extends TickHeader {
  readonly byteLength: number;
}

/** An entry of the directory: a metric, its groups, and the length of its columns. */
interface DirectoryEntry {
  readonly id: number;
  readonly groups: readonly number[];
  readonly byteLength: number;
}

/**
 * What a block says of its ticks, without decompressing it; its end is not looked at.
 *
 * @throws BlockError
 */
export function decodeBlockHeader(bytes: Uint8Array): BlockHeader {
  return { ...readHeader(openBlock(bytes)), byteLength: bytes.length };
}

/**
 * A block, of all metrics or of those in `only` (by id; groups come without the columns not asked for). Columns may
 * share memory. Takes less than 64 MiB, whatever the bytes say: every length is checked before it is used.
 *
 * @throws BlockError with the byte offset: in the block, or in the payload after decompression.
 */
export function decodeBlock(bytes: Uint8Array, zstd: Zstd, only?: ReadonlySet<number>): Block {
  const outer = openBlock(bytes);
  const header = readHeader(outer);
  const payload = decompress(outer, zstd);
  const [firstTickMs = 0] = header.tickTimes;
  const entities = readEntities(payload, firstTickMs);

  let left: number = limits.valuesPerBlock;
  const room = (values: number): void => {
    left -= values;
    if (left < 0) payload.fail(`there are more than ${limits.valuesPerBlock} values`, 'too_large');
  };
  const { presence, groups } = readGroups(payload, { ...header, entities }, room);
  const directory = readDirectory(payload, groups.length);
  const series = directory.reduce((sum, entry) => sum + entry.groups.length, 0);
  if (series > limits.seriesPerBlock) {
    payload.fail(`${series} series are more than the limit of ${limits.seriesPerBlock}`, 'too_large');
  }
  room(series * presence.ticks);
  const columns = readMetrics(payload, directory, groups, presence, only);
  payload.what = 'end of the payload';
  payload.end();
  return {
    ...header,
    entities,
    groups: groups.map(({ entity, kind, ages }, i) => ({ entity, kind, ages, columns: columns[i] ?? [] })),
  };
}

function openBlock(bytes: Uint8Array): Reader {
  const reader = new Reader(bytes, 'block');
  reader.what = 'length';
  if (bytes.length > limits.blockBytes) {
    reader.fail(`${bytes.length} bytes are more than the limit of ${limits.blockBytes}`, 'too_large');
  }
  return reader;
}

function decompress(reader: Reader, zstd: Zstd): Reader {
  reader.what = 'length of the payload';
  const rawLength = reader.count(limits.blockRawBytes);
  if (rawLength === 0) reader.fail('it is empty');
  reader.what = 'compressed payload';
  const frame = reader.raw(reader.unsigned());
  reader.end();
  let raw: Uint8Array;
  try {
    raw = zstd.decompress(frame, rawLength);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BlockError('malformed', 'block (compressed payload)', `it does not decompress: ${why}`);
  }
  if (raw.length !== rawLength) reader.fail(`${rawLength} bytes were announced and ${raw.length} came out`);
  return new Reader(raw, 'payload');
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
  only?: ReadonlySet<number>,
): Column[][] {
  const columns = groups.map((): Column[] => []);
  for (const { id, groups: members, byteLength } of directory) {
    reader.what = 'columns';
    const frame = reader.part(byteLength, metricById(id)?.name ?? `metric ${id}`);
    if (only?.has(id) === false) continue;
    const rows = members.map((member) => groups[member]?.presence ?? 0);
    for (const [i, values] of readColumns(frame, rows, presence).entries()) {
      columns[members[i] ?? 0]?.push({ metric: id, values });
    }
  }
  return columns;
}
