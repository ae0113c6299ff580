import type { Block, Group } from '../../../block.ts';
import { limits } from '../../../limits.ts';
import { isAbsent } from '../../absent.ts';
import { checkBlock } from '../../check.ts';
import type { Series } from '../../column-encode.ts';
import { writeColumns } from '../../column-encode.ts';
import { finished, writeCompressed } from '../../compressed.ts';
import { writeEntities } from '../../entities.ts';
import { writeAges, writeGroups } from './groups.ts';
import { writeTicks } from '../../header.ts';
import type { Zstd } from '../../ports.ts';
import { PresenceBuilder } from '../../presence.ts';
import { Writer } from '../../writer.ts';

/** One metric's values in all groups that have any of it. */
interface MetricSeries {
  readonly groups: number[];
  readonly values: Float64Array[];
}

/** The block in version 1 of the format, as agents and databases of DockSnap 0.1 have it. */
export function encodeBlockV1(block: Block, zstd: Zstd): Uint8Array {
  checkBlock(block);
  const writer = new Writer();
  writeTicks(writer, block, 1);
  writeCompressed(writer, encodePayload(block), zstd, limits.blockRawBytes, 'block');
  return finished(writer, limits.blockBytes, 'block');
}

function encodePayload(block: Block): Uint8Array {
  const presence = new PresenceBuilder(block.tickTimes.length);
  const groups = new Writer();
  const rows = writeGroups(groups, block.groups, presence);
  const ages = new Writer();
  writeAges(ages, block.groups);
  const metrics = new Writer();
  writeMetrics(metrics, block.groups, rows, presence);

  const payload = new Writer();
  const [firstTickMs = 0] = block.tickTimes;
  writeEntities(payload, block.entities, (startedAtMs) => firstTickMs - startedAtMs);
  presence.write(payload);
  payload.raw(groups.view());
  payload.unsigned(ages.length);
  payload.raw(ages.view());
  payload.raw(metrics.view());
  return payload.view();
}

/** By metric, ascending; without columns that have no value. */
function collect(groups: readonly Group[]): [number, MetricSeries][] {
  const metrics = new Map<number, MetricSeries>();
  for (const [i, group] of groups.entries()) {
    for (const { metric: id, values } of group.columns) {
      if (!values.some((value) => !isAbsent(value))) continue;
      const metric = metrics.get(id) ?? { groups: [], values: [] };
      metric.groups.push(i);
      metric.values.push(values);
      metrics.set(id, metric);
    }
  }
  return [...metrics].sort(([a], [b]) => a - b);
}

/** The sets of groups, the directory of metrics, and each metric's columns. */
function writeMetrics(
  writer: Writer,
  groups: readonly Group[],
  rows: readonly number[],
  presence: PresenceBuilder,
): void {
  const metrics = collect(groups);
  const sets = new Map<string, { readonly number: number; readonly groups: readonly number[] }>();
  const directory = new Writer();
  const frames = new Writer();
  directory.unsigned(metrics.length);
  let lastId = 0;
  for (const [id, metric] of metrics) {
    const key = metric.groups.join();
    const set = sets.get(key) ?? { number: sets.size, groups: metric.groups };
    sets.set(key, set);
    const start = frames.length;
    const series = metric.values.map((values, i) => toSeries(values, groups[metric.groups[i] ?? 0], presence));
    writeColumns(frames, series, (i) => rows[metric.groups[i] ?? 0] ?? 0);
    directory.unsigned(id - lastId);
    directory.unsigned(set.number);
    directory.unsigned(frames.length - start);
    lastId = id;
  }
  writeSets(
    writer,
    [...sets.values()].map((set) => set.groups),
  );
  writer.raw(directory.view());
  writer.raw(frames.view());
}

function toSeries(values: Float64Array, group: Group | undefined, presence: PresenceBuilder): Series {
  const lacks = group?.ages.some((age, tick) => !isAbsent(age) && isAbsent(values[tick])) ?? false;
  return lacks ? { values, ownPresence: presence.row(values) } : { values };
}

/** Each set's members as the number of groups that lie between them. */
function writeSets(writer: Writer, sets: readonly (readonly number[])[]): void {
  writer.unsigned(sets.length);
  for (const groups of sets) {
    writer.unsigned(groups.length);
    for (const [i, group] of groups.entries()) writer.unsigned(group - (groups[i - 1] ?? -1) - 1);
  }
}
