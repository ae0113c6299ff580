import type { GroupsAnswer } from '@docksnap/contract';
import type { Cell, Table } from '../csv/table.ts';

/** A row per metric, group and step. */
export function groupsTable(answer: GroupsAnswer): Table {
  return { columns: ['time', 'metric', 'group', 'value'], rows: rowsOf(answer) };
}

function* rowsOf({ timestamps, metrics }: GroupsAnswer): Generator<readonly Cell[]> {
  for (const [metric, { groups, others, unaccounted, total }] of Object.entries(metrics)) {
    const named: (readonly [string, readonly (number | null)[] | null | undefined])[] = [
      ...groups.map(({ key, values }) => [key, values] as const),
      ['(others)', others?.values],
      ['(unaccounted)', unaccounted],
      ['(total)', total],
    ];
    for (const [group, values] of named) {
      if (values === null || values === undefined) continue;
      for (const [index, atMs] of timestamps.entries()) {
        yield [new Date(atMs).toISOString(), metric, group, values[index]];
      }
    }
  }
}
