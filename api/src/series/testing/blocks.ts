import type { Block, EntityKind, GroupKind } from '@docksnap/contract';
import type { Steps } from '../steps.ts';
import type { Track } from '../track.ts';
import { TrackReader } from '../tracks.ts';

/** One entity's samples at one tick, as a test writes them. */
export interface Row {
  readonly key: string;
  readonly kind?: EntityKind;
  readonly group?: GroupKind;
  readonly runtimeId?: string;
  readonly startedAtMs?: number;
  readonly description?: string;
  /** Tick time - sample time; NaN: listed, without a new sample. */
  readonly age?: number;
  /** The group's own distance between samples. */
  readonly intervalMs?: number;
  /** Values by metric id. */
  readonly values: Readonly<Record<number, number>>;
}

export interface TickRows {
  readonly at: number;
  readonly rows: readonly Row[];
  readonly epoch?: string;
  readonly seq?: number;
  readonly intervalMs?: number;
}

/** One block per tick, as live pushes make them; seq counts from 1 within each epoch unless given. */
export function blocksOf(ticks: readonly TickRows[]): Block[] {
  const seqs = new Map<string, number>();
  return ticks.map((tick) => {
    const epoch = tick.epoch ?? 'a';
    const seq = tick.seq ?? (seqs.get(epoch) ?? 0) + 1;
    seqs.set(epoch, seq);
    return {
      epoch,
      firstSeq: seq,
      intervalMs: tick.intervalMs ?? 10_000,
      tickTimes: [tick.at],
      entities: tick.rows.map(({ key, kind = 'container', runtimeId = '', startedAtMs = 0, description = '' }) => {
        return { kind, key, runtimeId, startedAtMs, description };
      }),
      groups: tick.rows.map((row, index) => ({
        entity: index,
        kind: row.group ?? 'resource',
        ...(row.intervalMs === undefined ? {} : { intervalMs: row.intervalMs }),
        ages: Float64Array.of(row.age ?? 0),
        columns: Object.entries(row.values).map(([metric, value]) => ({
          metric: Number(metric),
          values: Float64Array.of(value),
        })),
      })),
    };
  });
}

/** The same ticks in fewer blocks: neighbours of one epoch with equal entities are joined, up to `most` ticks each. */
export function joined(blocks: readonly Block[], most: number): Block[] {
  const result: Block[] = [];
  for (const block of blocks) {
    const last = result.at(-1);
    if (last === undefined || !follows(last, block) || last.tickTimes.length >= most) {
      result.push(block);
      continue;
    }
    result[result.length - 1] = {
      ...last,
      tickTimes: [...last.tickTimes, ...block.tickTimes],
      groups: last.groups.map((group, index) => ({
        ...group,
        ages: concat(group.ages, block.groups[index]?.ages),
        columns: group.columns.map((column, at) => ({
          metric: column.metric,
          values: concat(column.values, block.groups[index]?.columns[at]?.values),
        })),
      })),
    };
  }
  return result;
}

function follows(one: Block, next: Block): boolean {
  const shape = (block: Block): string =>
    JSON.stringify([
      block.epoch,
      block.entities,
      block.groups.map((group) => [group.entity, group.kind, group.columns.map((column) => column.metric)]),
    ]);
  return one.firstSeq + one.tickTimes.length === next.firstSeq && shape(one) === shape(next);
}

function concat(one: Float64Array, other: Float64Array | undefined): Float64Array {
  return Float64Array.of(...one, ...(other ?? []));
}

/** The tracks of blocks that are taken all at once. */
export function tracksOf(blocks: readonly Block[], steps: Steps, metricIds: ReadonlySet<number>): Track[] {
  const reader = new TrackReader(steps, metricIds);
  reader.take(blocks, () => true);
  return reader.tracks();
}
