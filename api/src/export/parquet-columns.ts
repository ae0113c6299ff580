import { type Metric, metrics } from '@docksnap/contract';
import type { SampleRow } from './sample-row.ts';

type Value = string | bigint | null;

/** A column of the file: its name and type in Parquet, and what a row has in it. */
interface ParquetColumn {
  readonly name: string;
  readonly type: 'STRING' | 'INT64' | 'TIMESTAMP';
  readonly of: (row: SampleRow, node: string) => Value;
}

const text = (name: string, of: (row: SampleRow, node: string) => string | undefined): ParquetColumn => ({
  name,
  type: 'STRING',
  of: (row, node) => of(row, node) ?? null,
});

/** Unix ms; 0 stands for not known. */
const time = (name: string, of: (row: SampleRow) => number): ParquetColumn => ({
  name,
  type: 'TIMESTAMP',
  of: (row) => (of(row) === 0 ? null : BigInt(Math.round(of(row)))),
});

/** A stored integer, as it was scraped; null where the tick brought none. */
const measured = ({ id, name }: Metric): ParquetColumn => ({
  name,
  type: 'INT64',
  of: ({ values, tick }) => {
    const value = values.get(id)?.[tick] ?? NaN;
    return Number.isNaN(value) ? null : BigInt(value);
  },
});

/** A row per sample time of a container, pod or node; a column per metric, in the unit of its name. Names never change. */
export const parquetColumns: readonly ParquetColumn[] = [
  time('time', ({ timeMs }) => timeMs),
  text('node', (_, node) => node),
  text('kind', ({ entity }) => entity.kind),
  text('namespace', ({ namespace }) => namespace),
  text('pod', ({ pod }) => pod),
  text('container', ({ container }) => container),
  text('workloadKind', ({ workload }) => workload?.kind),
  text('workload', ({ workload }) => workload?.name),
  text('runtimeId', ({ entity }) => (entity.runtimeId === '' ? undefined : entity.runtimeId)),
  time('startedAt', ({ entity }) => entity.startedAtMs),
  ...metrics.map((metric) => measured(metric)),
];
