import type { Block, Description, Entity, Group, Workload } from '@docksnap/contract';
import { belongingOf } from '../workloads/workload-of.ts';

/** The samples of one group of series at one time. */
export interface SampleRow extends Names {
  readonly timeMs: number;
  readonly entity: Entity;
  /** By metric id, a value per tick; NaN where a tick brought none. */
  readonly values: ReadonlyMap<number, Float64Array>;
  /** Index into the values. */
  readonly tick: number;
}

/** All undefined for the node itself, and for what no description is known of. */
interface Names {
  readonly namespace: string | undefined;
  readonly pod: string | undefined;
  readonly container: string | undefined;
  readonly workload: Workload | undefined;
}

/** Of a period, the ticks taken in [fromMs, toMs). */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * The rows of blocks, in their order. A sample that two epochs saw is given once: `seen` remembers between calls what
 * the call before gave, and is to be kept with the node.
 */
export function* sampleRows(
  blocks: readonly Block[],
  descriptions: ReadonlyMap<string, Description>,
  span: Span,
  seen: SeenSamples,
): Generator<SampleRow> {
  for (const block of blocks) {
    for (const group of block.groups) {
      const entity = block.entities[group.entity];
      if (entity !== undefined)
        yield* rowsOf(block, group, entity, { names: namesOf(descriptions, entity), span, seen });
    }
  }
}

interface Around {
  readonly names: Names;
  readonly span: Span;
  readonly seen: SeenSamples;
}

function* rowsOf(block: Block, group: Group, entity: Entity, { names, span, seen }: Around): Generator<SampleRow> {
  const values = new Map(group.columns.map((column) => [column.metric, column.values]));
  for (const [tick, tickMs] of block.tickTimes.entries()) {
    const timeMs = tickMs - (group.ages[tick] ?? NaN);
    // A block may reach behind the span: what is there is still to be given.
    if (tickMs >= span.toMs || Number.isNaN(timeMs) || !seen.isNew(entity, group, timeMs)) continue;
    if (tickMs >= span.fromMs) yield { ...names, timeMs, entity, values, tick };
  }
}

function namesOf(descriptions: ReadonlyMap<string, Description>, entity: Entity): Names {
  const description = descriptions.get(entity.description);
  const belonging = belongingOf(description);
  if (description === undefined || description.kind === 'node' || belonging === undefined)
    return { namespace: undefined, pod: undefined, container: undefined, workload: undefined };
  const { namespace, workload } = belonging;
  if (description.kind === 'pod') return { namespace, workload, pod: description.name, container: undefined };
  return { namespace, workload, pod: description.pod, container: description.name };
}

/** Sample times that were given, by series group; those of the call before last are forgotten. */
export class SeenSamples {
  private before = new Set<string>();
  private now = new Set<string>();

  /** Call it between two reads that follow one another. */
  next(): void {
    this.before = this.now;
    this.now = new Set();
  }

  isNew(entity: Entity, group: Group, timeMs: number): boolean {
    const id = `${entity.key} ${entity.runtimeId} ${group.kind} ${timeMs}`;
    if (this.now.has(id) || this.before.has(id)) return false;
    this.now.add(id);
    return true;
  }
}
