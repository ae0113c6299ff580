import type { Group } from '../../../block.ts';
import { groupKinds } from '../../../metrics.ts';
import { isAbsent } from '../../absent.ts';
import { writeColumns } from '../../column-encode.ts';
import type { PresenceBuilder } from '../../presence.ts';
import type { Writer } from '../../writer.ts';

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
