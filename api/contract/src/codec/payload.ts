import type { Block, Column, Entity, Group } from '../block.ts';
import { limits } from '../limits.ts';
import { metricById } from '../metrics.ts';
import { readAges } from './ages.ts';
import { readColumns } from './column-decode.ts';
import { Presence } from './presence.ts';
import type { Reader } from './reader.ts';
import { readRosterSection } from './roster-section.ts';
import type { MetricSeries, Roster } from './roster.ts';
import { amended, seriesOf } from './roster.ts';

/** The payload of a block of version 2: FORMAT.md, "Payload". `base` is the roster that it names. */
export function readPayload(
  reader: Reader,
  { tickTimes, intervalMs: blockIntervalMs }: Pick<Block, 'tickTimes' | 'intervalMs'>,
  base: Roster | undefined,
  only: ReadonlySet<number> | undefined,
): Pick<Block, 'entities' | 'groups'> {
  const roster = readRoster(reader, base);
  const presence = new Presence(reader, tickTimes.length);
  const entities = readListing(reader, roster.entities, presence);
  reader.what = 'presence of groups';
  const rows = roster.groups.map(() => reader.index(presence.rows));
  checkValues(reader, roster, rows, presence);
  reader.what = 'length of ages';
  const ages = readAges(reader.part(reader.unsigned(), 'ages'), roster.groups, rows, presence);
  const columns = readMetrics(reader, roster, rows, presence, only);
  const groups = roster.groups.flatMap(({ entity, kind, intervalMs }, i): Group[] => {
    const own = ages[i];
    if (own === undefined) return [];
    const interval = intervalMs === undefined || intervalMs === blockIntervalMs ? {} : { intervalMs };
    return [{ entity, kind, ...interval, ages: own, columns: columns[i] ?? [] }];
  });
  return { entities, groups };
}

/** The base, without what is gone and with what is more; what stands here alone without a base. */
function readRoster(reader: Reader, base: Roster | undefined): Roster {
  if (base === undefined) return readRosterSection(reader, { entities: 0, groups: 0, series: 0 });
  reader.what = 'entities that are gone';
  let last = -1;
  const gone = Array.from({ length: reader.count(base.entities.length) }, () => {
    last += reader.unsigned() + 1;
    if (last >= base.entities.length) reader.fail(`there is no entity ${last}`);
    return last;
  });
  const kept = amended(base, gone, { entities: [], groups: [] });
  const series = kept.groups.reduce((sum, { metrics }) => sum + metrics.length, 0);
  const more = readRosterSection(reader, { entities: kept.entities.length, groups: kept.groups.length, series });
  return amended(kept, [], more);
}

function readListing(reader: Reader, entities: readonly Entity[], presence: Presence): readonly Entity[] {
  reader.what = 'listing of entities';
  const flags = reader.byte();
  if (flags > 1) reader.fail(`${flags} has bits that mean nothing`);
  if (flags === 0) return entities;
  return entities.map((entity) => {
    const row = reader.index(presence.rows);
    const count = presence.count(row);
    if (count === 0) reader.fail('an entity is listed at no tick');
    return count === presence.ticks ? entity : { ...entity, listedAt: presence.bits(row) };
  });
}

/** Before anything is allocated for values: those of groups that have samples, and of their series. */
function checkValues(reader: Reader, { groups }: Roster, rows: readonly number[], presence: Presence): void {
  let series = 0;
  for (const [i, { metrics }] of groups.entries()) {
    if (presence.count(rows[i] ?? 0) > 0) series += 1 + metrics.length;
  }
  if (series * presence.ticks <= limits.valuesPerBlock) return;
  reader.fail(`there are more than ${limits.valuesPerBlock} values`, 'too_large');
}

/** The columns of each group. */
function readMetrics(
  reader: Reader,
  roster: Roster,
  rows: readonly number[],
  presence: Presence,
  only: ReadonlySet<number> | undefined,
): Column[][] {
  const metrics = seriesOf(roster);
  reader.what = 'lengths of columns';
  const lengths = metrics.map(() => reader.unsigned());
  const columns = roster.groups.map((): Column[] => []);
  const isThere = rows.map((row) => presence.count(row) > 0);
  const areAllThere = !isThere.includes(false);
  for (const [i, all] of metrics.entries()) {
    reader.what = 'columns';
    const length = lengths[i] ?? 0;
    const { metric } = all;
    const part = reader.part(length, metricById(metric)?.name ?? `metric ${metric}`);
    if (length === 0 || only?.has(metric) === false) continue;
    const { groups: owners, references } = areAllThere ? all : thereOf(all, isThere);
    const ownRows = owners.map((owner) => rows[owner] ?? 0);
    const read = readColumns(part, ownRows, presence, references);
    if (read.every((values) => values === undefined)) part.fail('columns are announced that have no sample');
    handOut(metric, read, owners, columns);
  }
  return columns;
}

/** The series of a metric without those of groups that are not there. */
function thereOf({ metric, groups, references }: MetricSeries, isThere: readonly boolean[]): MetricSeries {
  const owners: number[] = [];
  const own: number[] = [];
  for (const [at, group] of groups.entries()) {
    if (isThere[group] !== true) continue;
    owners.push(group);
    own.push(references[at] ?? 0);
  }
  return { metric, groups: owners, references: Float64Array.from(own) };
}

function handOut(
  metric: number,
  read: readonly (Float64Array | undefined)[],
  owners: readonly number[],
  columns: readonly Column[][],
): void {
  for (const [i, values] of read.entries()) {
    if (values !== undefined) columns[owners[i] ?? 0]?.push({ metric, values });
  }
}
