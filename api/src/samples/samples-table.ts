import type { SamplesAnswer } from '@docksnap/contract';
import type { Cell, Table } from '../csv/table.ts';

const columns = ['time', 'metric', 'kind', 'unit', 'runtimeId', 'value'];

/** A row per sample. */
export function samplesTable({ series }: SamplesAnswer): Table {
  return { columns, rows: rowsOf(series) };
}

function* rowsOf(series: SamplesAnswer['series']): Generator<readonly Cell[]> {
  for (const { metric, kind, unit, runtimeId, timestamps, values } of series) {
    for (const [index, atMs] of timestamps.entries()) {
      yield [new Date(atMs).toISOString(), metric, kind, unit, runtimeId, values[index]];
    }
  }
}
