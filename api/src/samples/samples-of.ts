import type { Block, SamplesAnswer } from '@docksnap/contract';
import { metricById } from '@docksnap/contract';

type SampleSeries = SamplesAnswer['series'][number];

/**
 * The samples of one entity as they were scraped: per metric and incarnation, ascending by sample time
 * (tick time - age). A sample that two epochs saw is given once.
 */
export function samplesOf(blocks: readonly Block[], key: string, metricIds: ReadonlySet<number>): SampleSeries[] {
  const byIdentity = new Map<string, { series: SampleSeries; values: Map<number, number> }>();
  for (const block of blocks) {
    for (const group of block.groups) {
      const entity = block.entities[group.entity];
      if (entity?.key !== key) continue;
      for (const column of group.columns) {
        const metric = metricById(column.metric);
        if (metric === undefined || !metricIds.has(metric.id)) continue;
        const identity = `${metric.name} ${entity.runtimeId}`;
        const found = byIdentity.get(identity) ?? {
          series: {
            metric: metric.name,
            kind: metric.kind,
            unit: metric.unit,
            runtimeId: entity.runtimeId,
            startedAtMs: entity.startedAtMs,
            timestamps: [],
            values: [],
          },
          values: new Map<number, number>(),
        };
        byIdentity.set(identity, found);
        collect(block.tickTimes, group.ages, column.values, found.values);
      }
    }
  }
  const brought = [...byIdentity.values()].filter(({ values }) => values.size > 0);
  return brought.map(({ series, values }) => {
    const ascending = [...values].sort(([a], [b]) => a - b);
    return { ...series, timestamps: ascending.map(([at]) => at), values: ascending.map(([, value]) => value) };
  });
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
