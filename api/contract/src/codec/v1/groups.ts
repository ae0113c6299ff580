import type { Block, Group } from '../../block.ts';
import { limits } from '../../limits.ts';
import { groupKinds } from '../../metrics.ts';
import { readColumns } from '../column-decode.ts';
import { Presence } from '../presence.ts';
import type { Reader } from '../reader.ts';

/** A group as read, before its columns. */
export interface GroupRow extends Omit<Group, 'columns'> {
  /** Its row in the presence table: in which ticks it has an age, and its series may have samples. */
  readonly presence: number;
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
