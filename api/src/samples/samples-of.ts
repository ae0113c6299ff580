import type { Block, Column, Entity, SamplesAnswer } from '@docksnap/contract';
import { metricById } from '@docksnap/contract';

type SampleSeries = SamplesAnswer['series'][number];

/**
 * The samples of one entity as they were scraped: per metric and incarnation, ascending by sample time
 * (tick time - age). A sample that two epochs saw is given once.
 */
export function samplesOf(blocks: readonly Block[], key: string, metricIds: ReadonlySet<number>): SampleSeries[] {
  const found = new Map<string, Found>();
  for (const block of blocks) {
    for (const group of block.groups) {
      const entity = block.entities[group.entity];
      if (entity?.key !== key) continue;
      const wanted = group.columns.filter((column) => metricIds.has(column.metric));
      for (const column of wanted) collect(block.tickTimes, group.ages, column.values, valuesOf(found, entity, column));
    }
  }
  const brought = [...found.values()].filter(({ values }) => values.size > 0);
  return brought.map(({ head, values }) => {
    const ascending = [...values].sort(([a], [b]) => a - b);
    return { ...head, timestamps: ascending.map(([at]) => at), values: ascending.map(([, value]) => value) };
  });
}

interface Found {
  readonly head: Omit<SampleSeries, 'timestamps' | 'values'>;
  /** By sample time. */
  readonly values: Map<number, number>;
}

/** Where the samples of that incarnation and metric are gathered; nowhere for a metric of a newer writer. */
function valuesOf(found: Map<string, Found>, entity: Entity, column: Column): Map<number, number> {
  const metric = metricById(column.metric);
  if (metric === undefined) return new Map();
  const identity = `${metric.name} ${entity.runtimeId}`;
  const { runtimeId, startedAtMs } = entity;
  const head = { metric: metric.name, kind: metric.kind, unit: metric.unit, runtimeId, startedAtMs };
  const series = found.get(identity) ?? { head, values: new Map<number, number>() };
  found.set(identity, series);
  return series.values;
}

function collect(
  tickTimes: readonly number[],
  ages: Float64Array,
  values: Float64Array,
  into: Map<number, number>,
): void {
  for (const [index, tickMs] of tickTimes.entries()) {
    const value = values[index] ?? NaN;
    if (!Number.isNaN(value)) into.set(tickMs - (ages[index] ?? 0), value);
  }
}
