import type { ContainerSort } from '@docksnap/contract';

/** A column of the table of containers; the name's is always there. */
export interface Column {
  readonly key: string;
  readonly head: string;
  /** The order that a click on its head asks for; null where the API has none. */
  readonly sort: ContainerSort | null;
  readonly isNumber: boolean;
  /** Its share of a wide table, as CSS has it. */
  readonly width: string;
  readonly byDefault: boolean;
}

export const columns = [
  { key: 'workload', head: 'Workload', sort: null, isNumber: false, width: 'minmax(120px, 1.6fr)', byDefault: true },
  { key: 'node', head: 'Node', sort: null, isNumber: false, width: 'minmax(90px, 1fr)', byDefault: true },
  { key: 'image', head: 'Image', sort: null, isNumber: false, width: 'minmax(160px, 2fr)', byDefault: false },
  { key: 'state', head: 'State', sort: null, isNumber: false, width: '128px', byDefault: true },
  { key: 'cpu', head: 'CPU, cores', sort: 'cpu', isNumber: true, width: '220px', byDefault: true },
  { key: 'memory', head: 'Working set', sort: 'memory', isNumber: true, width: '230px', byDefault: true },
  { key: 'throttled', head: 'Throttled', sort: 'throttled', isNumber: true, width: '84px', byDefault: true },
  { key: 'restarts', head: 'Restarts', sort: 'restarts', isNumber: true, width: '76px', byDefault: true },
  { key: 'started', head: 'Up for', sort: 'started', isNumber: true, width: '90px', byDefault: false },
] as const satisfies readonly Column[];

export type ColumnKey = (typeof columns)[number]['key'];

export const defaultColumns: readonly ColumnKey[] = columns.filter((one) => one.byDefault).map((one) => one.key);

/** The columns that a link names, in the table's order; without any that exist, the default ones. */
export function readColumns(names: readonly string[]): readonly ColumnKey[] {
  const named = columns.filter(({ key }) => names.includes(key)).map(({ key }) => key);
  return named.length === 0 ? defaultColumns : named;
}

/** The columns as the link names them; none for the default ones. */
export function columnParams(keys: readonly ColumnKey[]): readonly string[] {
  const isDefault = keys.length === defaultColumns.length && keys.every((key) => defaultColumns.includes(key));
  return isDefault ? [] : keys;
}
