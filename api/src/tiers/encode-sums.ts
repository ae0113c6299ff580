import type { Block, Column, Group } from '@docksnap/contract';
import { BlockError, encodeBlock } from '@docksnap/contract/codec';
import { zstd } from '../codec/zstd.ts';
import type { CounterTrack, GaugeTrack } from '../series/track.ts';
import { absentMsColumn, columnId, isCount, sectionOf, ticksColumn, watchedMsColumn } from './fields.ts';
import type { EntitySums, NodeSums } from './sums.ts';

/** What a tier's block has where a block of samples names a run of ticks: its ticks are the steps, numbered from 1. */
const frame = { epoch: '0'.repeat(32), firstSeq: 1, intervalMs: 100 } as const;

/**
 * Sums as blocks, each of one section and of as many entities as a block may have; by section. There is always a
 * section 0, which at least says how far the node was watched.
 */
export function encodeSums(sums: NodeSums): ReadonlyMap<number, readonly Uint8Array[]> {
  const sections = new Map<number, readonly Uint8Array[]>();
  const entities = [...sums.entities.values()];
  for (const section of new Set([0, ...entities.flatMap((entity) => metricIdsOf(entity).map(sectionOf))])) {
    const within = entities.filter((entity) => metricIdsOf(entity).some((id) => sectionOf(id) === section));
    sections.set(section, encodeEntities(sums, section, within));
  }
  return sections;
}

function metricIdsOf({ counters, gauges }: EntitySums): readonly number[] {
  return [...counters.keys(), ...gauges.keys()];
}

/** Halves what does not fit into one block: the sums of a single entity always do. */
function encodeEntities(sums: NodeSums, section: number, entities: readonly EntitySums[]): readonly Uint8Array[] {
  try {
    return [encodeBlock(blockOf(sums, section, entities), zstd)];
  } catch (error) {
    if (!(error instanceof BlockError && error.code === 'too_large') || entities.length < 2) throw error;
    const half = Math.ceil(entities.length / 2);
    const halves = [entities.slice(0, half), entities.slice(half)];
    return halves.flatMap((some) => encodeEntities(sums, section, some));
  }
}

function blockOf(sums: NodeSums, section: number, entities: readonly EntitySums[]): Block {
  const { steps, ticks, watchedMs } = sums;
  const node = entities.find(({ kind }) => kind === 'node');
  const ofNode = node === undefined ? [] : columnsOf(node, section);
  const others = entities.filter((entity) => entity !== node);
  const nodeColumns = [...ofNode, column(watchedMsColumn, watchedMs), column(ticksColumn, ticks)];
  return {
    ...frame,
    tickTimes: Array.from({ length: steps.count }, (_, index) => index + 1),
    entities: [
      entityOf('node', 'node', node?.description ?? ''),
      ...others.map(({ kind, key, description }) => entityOf(kind, key, description)),
    ],
    groups: [groupOf(0, nodeColumns), ...others.map((entity, index) => groupOf(index + 1, columnsOf(entity, section)))],
  };
}

function entityOf(kind: EntitySums['kind'], key: string, description: string): Block['entities'][number] {
  return { kind, key, runtimeId: '', startedAtMs: 0, description };
}

function groupOf(entity: number, columns: readonly Column[]): Group {
  const ages = new Float64Array(columns[0]?.values.length ?? 0).fill(NaN);
  for (const { values } of columns) {
    for (const [index, value] of values.entries()) if (!Number.isNaN(value)) ages[index] = 0;
  }
  return { entity, kind: 'resource', ages, columns: [...columns].sort((one, other) => one.metric - other.metric) };
}

function columnsOf(entity: EntitySums, section: number): Column[] {
  const columns = [column(absentMsColumn, entity.absentMs)];
  for (const [id, counter] of entity.counters)
    if (sectionOf(id) === section) columns.push(...counterColumns(id, counter));
  for (const [id, gauge] of entity.gauges) if (sectionOf(id) === section) columns.push(...gaugeColumns(id, gauge));
  return columns;
}

function column(metric: number, values: Float64Array): Column {
  return { metric, values };
}

function counterColumns(id: number, { increase, coveredMs, peakPerMs }: CounterTrack): Column[] {
  const known = (values: Float64Array, scale: number): Float64Array =>
    values.map((value, index) => ((coveredMs[index] ?? 0) > 0 ? Math.round(value * scale) : NaN));
  const thousandths = known(increase, 1000);
  return [
    fits(thousandths)
      ? column(columnId('increaseThousandths', id), thousandths)
      : column(columnId('increase', id), known(increase, 1)),
    column(columnId('coveredMs', id), known(coveredMs, 1)),
    isCount(id)
      ? column(columnId('peakThousandthsPerSecond', id), known(peakPerMs, 1_000_000))
      : column(columnId('peakPerSecond', id), known(peakPerMs, 1000)),
  ];
}

function gaugeColumns(id: number, { counts, sums, mins, maxs, lasts }: GaugeTrack): Column[] {
  const known = (values: Float64Array): Float64Array =>
    values.map((value, index) => ((counts[index] ?? 0) > 0 ? value : NaN));
  const means = (): Float64Array => sums.map((sum, index) => Math.round(sum / (counts[index] ?? NaN)));
  return [
    column(columnId('count', id), known(counts)),
    fits(sums) ? column(columnId('sum', id), known(sums)) : column(columnId('mean', id), known(means())),
    column(columnId('min', id), mins),
    column(columnId('max', id), maxs),
    column(columnId('last', id), lasts),
  ];
}

function fits(values: Float64Array): boolean {
  return values.every((value) => Number.isNaN(value) || Math.abs(value) <= Number.MAX_SAFE_INTEGER);
}
