import type { Block, Column } from '@docksnap/contract';
import { decodeBlock } from '@docksnap/contract/codec';
import { zstd } from '../codec/zstd.ts';
import type { Steps } from '../series/steps.ts';
import type { CounterTrack, GaugeTrack } from '../series/track.ts';
import { absentMsColumn, columnsOf, type Field, fieldOf, ticksColumn, watchedMsColumn } from './fields.ts';
import type { EntitySums, NodeSums } from './sums.ts';

const ofNoMetric = [absentMsColumn, watchedMsColumn, ticksColumn];

/**
 * The sums in what encodeSums wrote for an axis, all blocks together or those of some sections; `only` limits the
 * metrics that are decoded. Throws BlockError for bytes that are damaged.
 */
export function decodeSums(bodies: readonly Uint8Array[], steps: Steps, only?: ReadonlySet<number>): NodeSums {
  const columns = only === undefined ? undefined : new Set([...ofNoMetric, ...[...only].flatMap(columnsOf)]);
  const blocks = bodies.map((body) => decodeBlock(body, zstd, columns));
  const ofNode = blocks.flatMap((block) => columnsByEntity(block).get(0) ?? []);
  const watchedMs = filled(find(ofNode, watchedMsColumn), steps);
  const entities = new Map<string, EntitySums>();
  for (const block of blocks) {
    for (const [index, all] of columnsByEntity(block)) {
      const entity = block.entities[index];
      if (entity === undefined) continue;
      const { key, kind, description } = entity;
      const known = entities.get(key) ?? {
        counters: [],
        gauges: [],
        absentMs: filled(find(all, absentMsColumn), steps),
      };
      const counters = new Map<number, CounterTrack>(known.counters);
      const gauges = new Map<number, GaugeTrack>(known.gauges);
      takeMetrics(all, steps, counters, gauges);
      if (counters.size + gauges.size === 0) continue;
      entities.set(key, { key, kind, description, counters, gauges, absentMs: known.absentMs, watchedMs });
    }
  }
  return { steps, ticks: filled(find(ofNode, ticksColumn), steps), watchedMs, entities };
}

function columnsByEntity({ groups }: Block): ReadonlyMap<number, readonly Column[]> {
  const byEntity = new Map<number, readonly Column[]>();
  for (const { entity, columns } of groups) byEntity.set(entity, [...(byEntity.get(entity) ?? []), ...columns]);
  return byEntity;
}

function find(columns: readonly Column[], id: number): Float64Array | undefined {
  return columns.find(({ metric }) => metric === id)?.values;
}

type Fields = ReadonlyMap<Field, Float64Array>;

function takeMetrics(
  columns: readonly Column[],
  steps: Steps,
  counters: Map<number, CounterTrack>,
  gauges: Map<number, GaugeTrack>,
): void {
  const byMetric = new Map<number, Map<Field, Float64Array>>();
  for (const { metric, values } of columns) {
    const found = fieldOf(metric);
    if (found === undefined) continue;
    const fields = byMetric.get(found.metricId) ?? new Map<Field, Float64Array>();
    byMetric.set(found.metricId, fields.set(found.field, values));
  }
  for (const [id, fields] of byMetric) {
    if (fields.has('coveredMs')) counters.set(id, counterOf(fields, steps));
    if (fields.has('last')) gauges.set(id, gaugeOf(fields, steps));
  }
}

function counterOf(fields: Fields, steps: Steps): CounterTrack {
  const thousandths = fields.get('increaseThousandths');
  const peaks = fields.get('peakThousandthsPerSecond');
  return {
    increase: thousandths === undefined ? filled(fields.get('increase'), steps) : filled(thousandths, steps, 1000),
    coveredMs: filled(fields.get('coveredMs'), steps),
    peakPerMs:
      peaks === undefined ? divided(fields.get('peakPerSecond'), steps, 1000) : divided(peaks, steps, 1_000_000),
  };
}

function gaugeOf(fields: Fields, steps: Steps): GaugeTrack {
  const counts = filled(fields.get('count'), steps);
  const sums = fields.get('sum');
  const means = fields.get('mean');
  return {
    counts,
    sums:
      sums === undefined
        ? filled(
            means?.map((mean, index) => mean * (counts[index] ?? 0)),
            steps,
          )
        : filled(sums, steps),
    mins: divided(fields.get('min'), steps, 1),
    maxs: divided(fields.get('max'), steps, 1),
    lasts: divided(fields.get('last'), steps, 1),
  };
}

/** Nothing is 0. */
function filled(values: Float64Array | undefined, steps: Steps, divisor = 1): Float64Array {
  return divided(values, steps, divisor).map((value) => (Number.isNaN(value) ? 0 : value));
}

/** Nothing is NaN. */
function divided(values: Float64Array | undefined, steps: Steps, divisor: number): Float64Array {
  return values === undefined ? new Float64Array(steps.count).fill(NaN) : values.map((value) => value / divisor);
}
