import type { Block, Column, Group } from '../block.ts';
import { limits } from '../limits.ts';
import { BlockError } from './block-error.ts';
import { checkBlock } from './check.ts';
import type { Series } from './column-encode.ts';
import { writeColumns } from './column-encode.ts';
import { writeEntities } from './entities.ts';
import { writeAges, writeGroups } from './groups.ts';
import { writeHeader } from './header.ts';
import type { Zstd } from './ports.ts';
import { PresenceBuilder } from './presence.ts';
import { Writer } from './writer.ts';

/** One metric's series in all groups that have any of it. */
interface MetricSeries {
  readonly groups: number[];
  readonly series: Series[];
}

/**
 * The block in the form of FORMAT.md, the same bytes for the same block and zstd. Columns without any value are left
 * out, and a group's columns come back in the order of their metric ids; the rest comes back as it is.
 *
 * @throws BlockError `malformed` or `too_large`, with the path at fault (`groups[2].rssBytes[5]`): a value that is
 *   neither NaN nor a whole number within +-(2^53 - 1), a column of another length, a limit exceeded...
 */
export function encodeBlock(block: Block, zstd: Zstd): Uint8Array {
  checkBlock(block);
  const raw = encodePayload(block);
  if (raw.length > limits.blockRawBytes) tooLarge(raw.length, limits.blockRawBytes, 'before compression');
  const frame = zstd.compress(raw);
  const writer = new Writer();
  writeHeader(writer, block);
  writer.unsigned(raw.length);
  writer.unsigned(frame.length);
  writer.raw(frame);
  if (writer.length > limits.blockBytes) tooLarge(writer.length, limits.blockBytes, 'encoded');
  return writer.view().slice();
}

function tooLarge(bytes: number, max: number, when: string): never {
  throw new BlockError('too_large', 'block', `it has ${bytes} bytes ${when}, more than the limit of ${max}`);
}

function encodePayload(block: Block): Uint8Array {
  const presence = new PresenceBuilder(block.tickTimes.length);
  const groups = new Writer();
  const rows = writeGroups(groups, block.groups, presence);
  const ages = new Writer();
  writeAges(ages, block.groups);
  const metrics = new Writer();
  writeMetrics(metrics, collect(block.groups, presence), rows);

  const payload = new Writer();
  writeEntities(payload, block.entities, block.tickTimes[0] ?? 0);
  presence.write(payload);
  payload.raw(groups.view());
  payload.unsigned(ages.length);
  payload.raw(ages.view());
  payload.raw(metrics.view());
  return payload.view();
}

function collect(groups: readonly Group[], presence: PresenceBuilder): ReadonlyMap<number, MetricSeries> {
  const metrics = new Map<number, MetricSeries>();
  for (const [i, group] of groups.entries()) {
    for (const column of group.columns) {
      const series = toSeries(column, group, presence);
      if (series === undefined) continue;
      const metric = metrics.get(column.metric) ?? { groups: [], series: [] };
      metric.groups.push(i);
      metric.series.push(series);
      metrics.set(column.metric, metric);
    }
  }
  return new Map([...metrics].sort(([a], [b]) => a - b));
}

/** Undefined for a column without any value. */
function toSeries({ values }: Column, group: Group, presence: PresenceBuilder): Series | undefined {
  let present = 0;
  let lacking = 0;
  for (let tick = 0; tick < values.length; tick++) {
    if (!Number.isNaN(values[tick])) present++;
    else if (!Number.isNaN(group.ages[tick])) lacking++;
  }
  if (present === 0) return undefined;
  return lacking === 0 ? { values } : { values, ownPresence: presence.row(values) };
}

/** The sets of groups, the directory of metrics, and each metric's columns. */
function writeMetrics(writer: Writer, metrics: ReadonlyMap<number, MetricSeries>, rows: readonly number[]): void {
  const sets = new Map<string, { readonly number: number; readonly groups: readonly number[] }>();
  const directory = new Writer();
  const frames = new Writer();
  directory.unsigned(metrics.size);
  let lastId = 0;
  for (const [id, { groups, series }] of metrics) {
    const key = groups.join();
    const set = sets.get(key) ?? { number: sets.size, groups };
    sets.set(key, set);
    const start = frames.length;
    writeColumns(frames, series, (i) => rows[groups[i] ?? 0] ?? 0);
    directory.unsigned(id - lastId);
    directory.unsigned(set.number);
    directory.unsigned(frames.length - start);
    lastId = id;
  }
  writer.unsigned(sets.size);
  for (const { groups } of sets.values()) {
    writer.unsigned(groups.length);
    for (const [i, group] of groups.entries()) writer.unsigned(group - (groups[i - 1] ?? -1) - 1);
  }
  writer.raw(directory.view());
  writer.raw(frames.view());
}
