import type { Block, Column, Entity, Group } from '../block.ts';
import { entityKinds } from '../block.ts';
import { limits } from '../limits.ts';
import { groupKinds, metricById } from '../metrics.ts';
import { isAbsent } from './absent.ts';
import { BlockError } from './block-error.ts';
import { encodeUtf8 } from './utf8.ts';

const { isSafeInteger } = Number;

export function refuse(place: string, message: string): never {
  throw new BlockError('malformed', place, message);
}

export function atMost(count: number, max: number, place: string): void {
  if (count > max) throw new BlockError('too_large', place, `${count} is more than the limit of ${max}`);
}

export function isWhole(value: number, min: number, max: number = Number.MAX_SAFE_INTEGER): boolean {
  return isStorable(value) && value >= min && value <= max;
}

export function isStorable(value: number): boolean {
  return isSafeInteger(value) && (value !== 0 || 1 / value > 0);
}

/** Throws BlockError, with a path as the place, for a block that the format cannot hold. */
export function checkBlock(block: Block): void {
  const ticks = block.tickTimes.length;
  checkTicks(block);
  atMost(block.entities.length, limits.entitiesPerBlock, 'entities');
  for (const [i, entity] of block.entities.entries()) {
    checkEntity(entity, `entities[${i}]`);
    if (entity.listedAt !== undefined) checkListing(entity.listedAt, ticks, `entities[${i}].listedAt`);
  }
  atMost(block.groups.length, limits.groupsPerBlock, 'groups');
  const series = block.groups.reduce((sum, group) => sum + group.columns.length, 0);
  atMost(series, limits.seriesPerBlock, 'series');
  atMost((series + block.groups.length) * ticks, limits.valuesPerBlock, 'values');
  for (const [i, group] of block.groups.entries()) checkGroup(group, block.entities.length, ticks, `groups[${i}]`);
}

function checkTicks({ epoch, firstSeq, intervalMs, tickTimes }: Block): void {
  if (!/^[0-9a-f]{32}$/.test(epoch)) refuse('epoch', `"${epoch}" is not 32 lower-case hex digits`);
  if (!isWhole(firstSeq, 1)) refuse('firstSeq', `${firstSeq} is not a whole number from 1`);
  checkInterval(intervalMs, 'intervalMs');
  if (tickTimes.length === 0) refuse('tickTimes', 'a block has at least one tick');
  atMost(tickTimes.length, limits.ticksPerBlock, 'tickTimes');
  if (firstSeq - 1 > Number.MAX_SAFE_INTEGER - tickTimes.length)
    refuse('firstSeq', 'the last sequence number is above 2^53 - 1');
  let last = -1;
  for (const [i, time] of tickTimes.entries()) {
    if (!isWhole(time, 0)) refuse(`tickTimes[${i}]`, `${time} is not a whole number of ms`);
    if (time <= last) refuse(`tickTimes[${i}]`, `${time} is not after the tick before it, ${last}`);
    last = time;
  }
}

function checkListing(bits: Uint8Array, ticks: number, place: string): void {
  const bytes = Math.ceil(ticks / 8);
  if (bits.length !== bytes) refuse(place, `${bits.length} bytes for ${ticks} ticks, which take ${bytes}`);
  if ((bits[bytes - 1] ?? 0) >>> (((ticks - 1) & 7) + 1) > 0) refuse(place, 'it has a bit after the last tick');
  if (bits.every((byte) => byte === 0)) refuse(place, 'an entity is listed at one tick at least');
}

export function checkEntity(entity: Entity, place: string): void {
  if (!entityKinds.includes(entity.kind)) refuse(`${place}.kind`, `"${entity.kind}" is not known`);
  if (entity.key === '') refuse(`${place}.key`, 'it is empty');
  for (const field of ['key', 'runtimeId'] as const) {
    if (!entity[field].isWellFormed()) refuse(`${place}.${field}`, 'it is not well-formed Unicode');
    atMost(encodeUtf8(entity[field]).length, limits.keyBytes, `${place}.${field}`);
  }
  if (!isWhole(entity.startedAtMs, 0))
    refuse(`${place}.startedAtMs`, `${entity.startedAtMs} is not a whole number of ms`);
  if (!/^([0-9a-f]{32})?$/.test(entity.description)) {
    refuse(`${place}.description`, `"${entity.description}" is neither empty nor 32 lower-case hex digits`);
  }
}

export function checkInterval(intervalMs: number, place: string): void {
  if (isWhole(intervalMs, limits.intervalMinMs, limits.intervalMaxMs)) return;
  refuse(place, `${intervalMs} is not a whole number from ${limits.intervalMinMs} to ${limits.intervalMaxMs}`);
}

function checkGroup(group: Group, entities: number, ticks: number, place: string): void {
  if (!isWhole(group.entity, 0, entities - 1)) refuse(`${place}.entity`, `there is no entity ${group.entity}`);
  if (!groupKinds.includes(group.kind)) refuse(`${place}.kind`, `"${group.kind}" is not known`);
  if (group.intervalMs !== undefined) checkInterval(group.intervalMs, `${place}.intervalMs`);
  checkValues(group.ages, ticks, `${place}.ages`);
  const seen = new Set<number>();
  for (const column of group.columns) {
    const columnPlace = `${place}.${nameOf(column)}`;
    if (!isWhole(column.metric, 1, limits.metricIdMax)) refuse(columnPlace, 'the id is out of range');
    if (seen.has(column.metric)) refuse(columnPlace, 'the group has this metric twice');
    seen.add(column.metric);
    checkValues(column.values, ticks, columnPlace);
    checkAges(column.values, group.ages, columnPlace);
  }
}

function nameOf(column: Column): string {
  return metricById(column.metric)?.name ?? `metric ${column.metric}`;
}

function checkValues(values: Float64Array, ticks: number, place: string): void {
  if (values.length !== ticks) refuse(place, `${values.length} values for ${ticks} ticks`);
  for (let tick = 0; tick < ticks; tick++) {
    const value = values[tick] ?? NaN;
    if (isAbsent(value) || isStorable(value)) continue;
    const shown = Object.is(value, -0) ? '-0' : String(value);
    refuse(`${place}[${tick}]`, `${shown} is not a whole number from -(2^53 - 1) to 2^53 - 1`);
  }
}

function checkAges(values: Float64Array, ages: Float64Array, place: string): void {
  for (let tick = 0; tick < values.length; tick++) {
    if (isAbsent(ages[tick]) && !isAbsent(values[tick])) {
      refuse(`${place}[${tick}]`, 'there is a value at a tick where the group has no age');
    }
  }
}
