import type { Block, Column, Entity, Group, SamplesAnswer } from '@docksnap/contract';
import { metricById } from '@docksnap/contract';

type SampleSeries = SamplesAnswer['series'][number];

interface Found {
  readonly head: Omit<SampleSeries, 'timestamps' | 'values'>;
  /** By sample time. */
  readonly values: Map<number, number>;
}

/** What samples are wanted: those of one entity, sampled (tick time - age) in [fromMs, toMs]. */
export interface WantedSamples {
  readonly key: string;
  readonly metricIds: ReadonlySet<number>;
  readonly fromMs: number;
  readonly toMs: number;
}

/** The samples of one entity as they were scraped, by metric and incarnation. A sample that two epochs saw is one. */
export class CollectedSamples {
  /** How many there are. */
  count = 0;
  readonly #found = new Map<string, Found>();
  readonly #wanted: WantedSamples;

  constructor(wanted: WantedSamples) {
    this.#wanted = wanted;
  }

  /** Takes blocks, in any order; returns how many values were looked at. */
  take(blocks: readonly Block[]): number {
    let looked = 0;
    for (const block of blocks) {
      for (const group of block.groups) {
        const entity = block.entities[group.entity];
        if (entity?.key === this.#wanted.key) looked += this.#takeGroup(block, group, entity);
      }
    }
    return looked;
  }

  /** Those that have samples, ascending by sample time. */
  series(): SampleSeries[] {
    const brought = [...this.#found.values()].filter(({ values }) => values.size > 0);
    return brought.map(({ head, values }) => {
      const ascending = [...values].sort(([a], [b]) => a - b);
      return { ...head, timestamps: ascending.map(([at]) => at), values: ascending.map(([, value]) => value) };
    });
  }

  #takeGroup({ tickTimes }: Block, { ages, columns }: Group, entity: Entity): number {
    let looked = 0;
    for (const column of columns) {
      if (!this.#wanted.metricIds.has(column.metric)) continue;
      looked += column.values.length;
      this.#collect(tickTimes, ages, column.values, this.#valuesOf(entity, column));
    }
    return looked;
  }

  /** Where the samples of that incarnation and metric are gathered; nowhere for a metric of a newer writer. */
  #valuesOf(entity: Entity, column: Column): Map<number, number> {
    const metric = metricById(column.metric);
    if (metric === undefined) return new Map();
    const identity = `${metric.name} ${entity.runtimeId}`;
    const { runtimeId, startedAtMs } = entity;
    const head = { metric: metric.name, kind: metric.kind, unit: metric.unit, runtimeId, startedAtMs };
    const series = this.#found.get(identity) ?? { head, values: new Map<number, number>() };
    this.#found.set(identity, series);
    return series.values;
  }

  #collect(tickTimes: readonly number[], ages: Float64Array, values: Float64Array, into: Map<number, number>): void {
    const { fromMs, toMs } = this.#wanted;
    const before = into.size;
    for (const [index, tickMs] of tickTimes.entries()) {
      const value = values[index] ?? NaN;
      const sampleMs = tickMs - (ages[index] ?? 0);
      if (!Number.isNaN(value) && sampleMs >= fromMs && sampleMs <= toMs) into.set(sampleMs, value);
    }
    this.count += into.size - before;
  }
}
