import type { Block, Group } from '../block.ts';
import { isListed } from '../block.ts';
import { limits } from '../limits.ts';
import { writeAges } from './ages.ts';
import { isAbsent } from './absent.ts';
import { atMost, checkBlock } from './check.ts';
import type { Series } from './column-encode.ts';
import { writeColumns } from './column-encode.ts';
import { finished, writeCompressed } from './compressed.ts';
import { writeHeader } from './header.ts';
import type { Plan } from './plan.ts';
import { planOf } from './plan.ts';
import type { Zstd } from './ports.ts';
import { PresenceBuilder } from './presence.ts';
import { writeRosterSection } from './roster-section.ts';
import type { MetricSeries, NamedRoster } from './roster.ts';
import { seriesOf } from './roster.ts';
import { Writer } from './writer.ts';

/**
 * The block in the form of FORMAT.md, version 2, the same bytes for the same block, base and zstd. With a base it
 * names it, says only what differs, and comes back in the base's order. What has no sample is left out: columns without
 * any value, groups without any age. A group's columns come back in the order of their metric ids.
 *
 * @throws BlockError `malformed` or `too_large`, with the path at fault (`groups[2].rssBytes[5]`): a value that is
 *   neither NaN nor a whole number within +-(2^53 - 1), a column of another length, a limit exceeded...
 */
export function encodeBlock(block: Block, zstd: Zstd, base?: NamedRoster): Uint8Array {
  checkBlock(block);
  const plan = planOf(block, base?.roster);
  checkPlan(plan, block.tickTimes.length);
  const writer = new Writer();
  writeHeader(writer, block, base?.hash);
  writeCompressed(writer, encodePayload(block, plan, base !== undefined), zstd, limits.blockRawBytes, 'block');
  return finished(writer, limits.blockBytes, 'block');
}

/** A base may have more than the block; readers bound both together. */
function checkPlan({ roster, groups }: Plan, ticks: number): void {
  atMost(roster.entities.length, limits.entitiesPerBlock, 'entities with those of the roster');
  atMost(roster.groups.length, limits.groupsPerBlock, 'groups with those of the roster');
  const series = (i: number): number => roster.groups[i]?.metrics.length ?? 0;
  atMost(
    groups.reduce((sum, _, i) => sum + series(i), 0),
    limits.seriesPerBlock,
    'series with those of the roster',
  );
  const values = groups.reduce((sum, group, i) => sum + (group === undefined ? 0 : (1 + series(i)) * ticks), 0);
  atMost(values, limits.valuesPerBlock, 'values with those of the roster');
}

function encodePayload(block: Block, plan: Plan, namesBase: boolean): Uint8Array {
  const ticks = block.tickTimes.length;
  const presence = new PresenceBuilder(ticks);
  const rows = new Writer();
  const groupRows = writeRows(rows, plan, presence, ticks);
  const ages = new Writer();
  writeAges(ages, plan.groups);
  const metrics = new Writer();
  writeMetrics(metrics, plan, groupRows, presence, ticks);

  const payload = new Writer();
  if (namesBase) {
    payload.unsigned(plan.gone.length);
    for (const [i, index] of plan.gone.entries()) payload.unsigned(index - (plan.gone[i - 1] ?? -1) - 1);
  }
  writeRosterSection(payload, plan.more);
  presence.write(payload);
  payload.raw(rows.view());
  payload.unsigned(ages.length);
  payload.raw(ages.view());
  payload.raw(metrics.view());
  return payload.view();
}

/** The rows of entities that were not always listed, then those of groups, which are answered. */
function writeRows(writer: Writer, plan: Plan, presence: PresenceBuilder, ticks: number): readonly number[] {
  const none = new Float64Array(ticks).fill(NaN);
  const partly = plan.entities.some((entity) => !isAlwaysListed(entity, ticks));
  writer.byte(partly ? 1 : 0);
  if (partly) {
    const always = new Float64Array(ticks);
    for (const { listedAt } of plan.entities) {
      writer.unsigned(listedAt === undefined ? presence.row(always) : presence.rowOf(listedAt));
    }
  }
  const rows = plan.groups.map((group) => presence.row(group?.ages ?? none));
  for (const row of rows) writer.unsigned(row);
  return rows;
}

function isAlwaysListed(entity: Plan['entities'][number], ticks: number): boolean {
  for (let tick = 0; tick < ticks; tick++) if (!isListed(entity, tick)) return false;
  return true;
}

/** The length of each metric's columns, then the columns. */
function writeMetrics(
  writer: Writer,
  plan: Plan,
  rows: readonly number[],
  presence: PresenceBuilder,
  ticks: number,
): void {
  const none = new Float64Array(ticks).fill(NaN);
  const columns = new Writer();
  const valuesOf = plan.groups.map((group) => new Map(group?.columns.map(({ metric, values }) => [metric, values])));
  for (const metric of seriesOf(plan.roster)) {
    const start = columns.length;
    const present = metric.groups.flatMap((index, at) => {
      const group = plan.groups[index];
      if (group === undefined) return [];
      const values = valuesOf[index]?.get(metric.metric) ?? none;
      return { index, series: toSeries(values, group, metric, at, presence) };
    });
    if (present.some(({ series }) => series.values.some((value) => !isAbsent(value)))) {
      writeColumns(
        columns,
        present.map(({ series }) => series),
        (i) => rows[present[i]?.index ?? 0] ?? 0,
      );
    }
    writer.unsigned(columns.length - start);
  }
  writer.raw(columns.view());
}

function toSeries(
  values: Float64Array,
  group: Group,
  { references }: MetricSeries,
  at: number,
  presence: PresenceBuilder,
): Series {
  const reference = references[at] ?? 0;
  const lacks = group.ages.some((age, tick) => !isAbsent(age) && isAbsent(values[tick]));
  return lacks ? { values, reference, ownPresence: presence.row(values) } : { values, reference };
}
