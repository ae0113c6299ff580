import { limits } from '../limits.ts';
import type { GroupKind } from '../metrics.ts';
import { groupKinds } from '../metrics.ts';
import { readEntities, writeEntities } from './entities.ts';
import type { Reader } from './reader.ts';
import type { Roster, RosterGroup } from './roster.ts';
import type { Writer } from './writer.ts';

/** Entities, groups and their sets of metrics: FORMAT.md, "Roster section". References are not in it. */
export function writeRosterSection(writer: Writer, { entities, groups }: Roster): void {
  writeEntities(writer, entities, (startedAtMs, before) => startedAtMs - before);
  writer.unsigned(groups.length);
  let last = 0;
  for (const group of groups) {
    writer.signed(group.entity - last);
    last = group.entity;
  }
  for (const group of groups) writer.byte(groupKinds.indexOf(group.kind));
  for (const group of groups) writer.unsigned(group.intervalMs ?? 0);
  const sets = new Map<string, { readonly number: number; readonly metrics: readonly number[] }>();
  const setOf = ({ metrics }: RosterGroup): number => {
    const key = metrics.join();
    const set = sets.get(key) ?? { number: sets.size, metrics };
    sets.set(key, set);
    return set.number;
  };
  const numbers = groups.map(setOf);
  writer.unsigned(sets.size);
  for (const { metrics } of sets.values()) {
    writer.unsigned(metrics.length);
    for (const [i, id] of metrics.entries()) writer.unsigned(id - (metrics[i - 1] ?? 0) - 1);
  }
  for (const number of numbers) writer.unsigned(number);
}

/** The section, for a reader that has `kept` entities and their series already. Groups may belong to those too. */
export function readRosterSection(reader: Reader, kept: { entities: number; groups: number; series: number }): Roster {
  const entities = readEntities(reader, (difference, before) => before + difference);
  atMost(reader, kept.entities + entities.length, limits.entitiesPerBlock, 'entities');
  reader.what = 'number of groups';
  const count = reader.count(limits.groupsPerBlock - kept.groups);
  reader.what = 'entities of groups';
  let last = 0;
  const owners = Array.from({ length: count }, () => {
    last += reader.signed();
    if (last < 0 || last >= kept.entities + entities.length) reader.fail(`there is no entity ${last}`);
    return last;
  });
  reader.what = 'kinds of groups';
  const kinds = Array.from(reader.raw(count), (kind) => groupKinds[kind] ?? reader.fail(`${kind} is no kind of group`));
  reader.what = 'intervals of groups';
  const intervals = kinds.map(() => readInterval(reader));
  const sets = readSets(reader);
  reader.what = 'metrics of groups';
  let series = kept.series;
  const groups = kinds.map((kind, i) => {
    const metrics = sets[reader.index(sets.length)] ?? [];
    series += metrics.length;
    atMost(reader, series, limits.seriesPerBlock, 'series');
    return toGroup(owners[i] ?? 0, kind, intervals[i] ?? 0, metrics);
  });
  return { entities, groups };
}

function toGroup(entity: number, kind: GroupKind, intervalMs: number, metrics: readonly number[]): RosterGroup {
  return intervalMs === 0 ? { entity, kind, metrics } : { entity, kind, intervalMs, metrics };
}

/** 0: the block's. */
function readInterval(reader: Reader): number {
  const interval = reader.unsigned();
  if (interval === 0 || (interval >= limits.intervalMinMs && interval <= limits.intervalMaxMs)) return interval;
  return reader.fail(`${interval} ms is not from ${limits.intervalMinMs} to ${limits.intervalMaxMs}`);
}

function readSets(reader: Reader): (readonly number[])[] {
  reader.what = 'sets of metrics';
  let room: number = limits.seriesPerBlock;
  return Array.from({ length: reader.count(limits.groupsPerBlock) }, () => {
    const length = reader.count(room);
    room -= length;
    let last = 0;
    return Array.from({ length }, () => {
      last += reader.unsigned() + 1;
      if (last > limits.metricIdMax) reader.fail(`there is no metric ${last}`);
      return last;
    });
  });
}

function atMost(reader: Reader, count: number, limit: number, what: string): void {
  if (count > limit) reader.fail(`${count} ${what} are more than the limit of ${limit}`, 'too_large');
}
