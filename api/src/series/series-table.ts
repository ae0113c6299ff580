import type { SeriesAnswer } from '@docksnap/contract';
import type { Cell, Table } from '../csv/table.ts';

/** A row per step: its end, and the value of each metric in it. */
export function seriesTable({ timestamps, metrics }: SeriesAnswer): Table {
  return { columns: ['time', ...Object.keys(metrics)], rows: rowsOf(timestamps, Object.values(metrics)) };
}

function* rowsOf(
  timestamps: readonly number[],
  metrics: readonly { readonly values: readonly (number | null)[] }[],
): Generator<readonly Cell[]> {
  for (const [index, atMs] of timestamps.entries()) {
    yield [new Date(atMs).toISOString(), ...metrics.map(({ values }) => values[index])];
  }
}
