import type { Block, Group } from '../block.ts';
import { groupKinds } from '../metrics.ts';
import { limits } from '../limits.ts';
import { isAbsent } from './absent.ts';
import { readColumns } from './column-decode.ts';
import { writeColumns } from './column-encode.ts';
import { Presence } from './presence.ts';
import type { PresenceBuilder } from './presence.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** A group as read, before its columns. */
export interface GroupRow extends Omit<Group, 'columns'> {
  /** Its row in the presence table: in which ticks it has an age, and its series may have samples. */
  readonly presence: number;
}

/** Entity, kind and presence of each group; answers each group's presence row. */
export function writeGroups(writer: Writer, groups: readonly Group[], presence: PresenceBuilder): number[] {
  const rows = groups.map((group) => presence.row(group.ages));
  writer.unsigned(groups.length);
  let last = 0;
  for (const group of groups) {
    writer.signed(group.entity - last);
    last = group.entity;
  }
  for (const group of groups) writer.byte(groupKinds.indexOf(group.kind));
  for (const row of rows) writer.unsigned(row);
  return rows;
}

/** The ages of all groups that have any, as one set of columns with its length before it. */
export function writeAges(frame: Writer, groups: readonly Group[]): void {
  const withAges = groups.filter((group) => group.ages.some((age) => !isAbsent(age)));
  writeColumns(
    frame,
    withAges.map((group) => ({ values: group.ages })),
    () => 0,
  );
}

/** The presence table, the groups and their ages. `room` is called with the number of values before they are allocated. */
export function readGroups(
  reader: Reader,
  block: Pick<Block, 'tickTimes' | 'entities'>,
  room: (values: number) => void,
): { presence: Presence; groups: GroupRow[] } {
  const presence = new Presence(reader, block.tickTimes.length);
  reader.what = 'number of groups';
  const count = reader.count(limits.groupsPerBlock);
  room(count * presence.ticks);
  reader.what = 'entities of groups';
  let last = 0;
  const entities = Array.from({ length: count }, () => {
    last += reader.signed();
    if (last < 0 || last >= block.entities.length) reader.fail(`there is no entity ${last}`);
    return last;
  });
  reader.what = 'kinds of groups';
  const kinds = Array.from(reader.raw(count), (kind) => groupKinds[kind] ?? reader.fail(`${kind} is no kind of group`));
  reader.what = 'presence of groups';
  const rows = entities.map(() => reader.index(presence.rows));
  reader.what = 'length of ages';
  const frame = reader.part(reader.unsigned(), 'ages');
  const withAges = rows.filter((row) => presence.count(row) > 0);
  const ages = readColumns(frame, withAges, presence).values();
  const groups = kinds.map((kind, i) => {
    const row = rows[i] ?? 0;
    const own = presence.count(row) === 0 ? undefined : ages.next().value;
    return { entity: entities[i] ?? 0, kind, presence: row, ages: own ?? new Float64Array(presence.ticks).fill(NaN) };
  });
  return { presence, groups };
}
