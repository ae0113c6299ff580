import {
  type Block,
  isListed,
  type Restarted,
  type RestartsAnswer,
  type RestartsQuery,
  type Scope,
} from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { containerId } from '../containers/container-id.ts';
import { KnownDescriptions } from '../live/known-descriptions.ts';
import { eachNode, partialOf } from '../nodes/each-node.ts';
import { Problem } from '../problem/problem.ts';
import { BlockChunks } from '../series/block-chunks.ts';
import { KnownSubjects } from '../series/known-subjects.ts';
import { selectionOf } from '../series/selection.ts';
import { subjectOf } from '../series/subject.ts';
import { Work } from '../series/work.ts';
import { type NodeRecord, StoreUnavailableError } from '../store/store.ts';
import { type Belonging, belongingOf } from '../workloads/workload-of.ts';
import { RestartCount } from './restart-count.ts';

const defaultMs = 24 * 3_600_000;

interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Counts restarts and kills for want of memory, from what was told of containers at each tick. */
@Injectable()
export class RestartsService {
  constructor(
    private readonly chunks: BlockChunks,
    private readonly descriptions: KnownDescriptions,
    private readonly subjects: KnownSubjects,
    private readonly clock: Clock,
  ) {}

  async answer(scope: Scope, query: RestartsQuery, signal: AbortSignal): Promise<RestartsAnswer> {
    const range = this.rangeOf(query);
    const isMember = this.membersOf(scope, query);
    const work = new Work(signal);
    const records = await this.subjects.records(query.node);
    work.plan(records.length);
    const found = await eachNode(records, async (record) => this.onNode(record, range, isMember, work), signal);
    const items = found
      .flatMap((node) => node.items)
      .sort((one, other) => other.restarts - one.restarts || (one.id < other.id ? -1 : 1));
    return {
      ...range,
      restarts: items.reduce((sum, { restarts }) => sum + restarts, 0),
      oomKills: items.reduce((sum, { oomKills }) => sum + oomKills, 0),
      items: items.slice(0, query.limit),
      partial: partialOf(found),
    };
  }

  private rangeOf({ from, to }: RestartsQuery): Range {
    const toMs = to ?? this.clock.nowMs();
    const fromMs = from ?? Math.max(0, toMs - defaultMs);
    if (fromMs < toMs) return { fromMs, toMs };
    throw new Problem(422, 'invalid_query', `from ${fromMs} is not before to ${toMs}`, { parameter: 'from' });
  }

  private membersOf(scope: Scope, query: RestartsQuery): (belonging: Belonging, key: string) => boolean {
    const subject = subjectOf(query) ?? { kind: 'cluster' as const };
    // One container is found among those that the scope holds.
    const within = subject.kind === 'container' ? ({ kind: 'cluster' } as const) : subject;
    const { members } = selectionOf(within, scope, 'container');
    return (belonging, id) => {
      const isIt = subject.kind !== 'container' || id === containerId(subject.id.nodeId, subject.id.key);
      return isIt && members?.(belonging) === true;
    };
  }

  private async onNode(
    record: NodeRecord,
    range: Range,
    isMember: (belonging: Belonging, id: string) => boolean,
    work: Work,
  ): Promise<{ items: readonly Restarted[]; partial: string | null }> {
    const counts = new Map<string, RestartCount>();
    const steps = { fromMs: range.fromMs, stepMs: range.toMs - range.fromMs, count: 1 };
    try {
      const partial = await this.chunks.read(record.id, steps, new Set(), async (blocks, share) => {
        await this.take(record, blocks, range, counts);
        work.took(
          blocks.reduce((sum, { entities }) => sum + entities.length, 0),
          share,
        );
      });
      return { items: restarted(record, counts, isMember), partial };
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      return { items: restarted(record, counts, isMember), partial: error.message };
    }
  }

  private async take(
    record: NodeRecord,
    blocks: readonly Block[],
    { fromMs, toMs }: Range,
    counts: Map<string, RestartCount>,
  ): Promise<void> {
    const descriptions = await this.descriptions.of(record.id, blocks);
    for (const block of blocks) {
      const past = block.tickTimes.findLastIndex((tickMs) => tickMs <= toMs);
      if (past === -1) continue;
      for (const entity of block.entities) {
        const description = descriptions.get(entity.description);
        const first = block.tickTimes.findIndex((_, tick) => isListed(entity, tick));
        if (description?.kind !== 'container' || first === -1 || first > past) continue;
        const count = counts.get(entity.key) ?? new RestartCount(fromMs, toMs);
        counts.set(entity.key, count);
        count.take(description, block.tickTimes[first] ?? NaN);
      }
    }
  }
}

function restarted(
  record: NodeRecord,
  counts: ReadonlyMap<string, RestartCount>,
  isMember: (belonging: Belonging, id: string) => boolean,
): Restarted[] {
  return [...counts].flatMap(([key, { restarts, oomKills, ends, description }]): Restarted[] => {
    const id = containerId(record.id, key);
    const belonging = belongingOf(description);
    const isWanted = belonging !== undefined && isMember(belonging, id) && restarts + ends.length > 0;
    if (!isWanted || description === undefined) return [];
    const { namespace, pod, name } = description;
    return [{ id, node: record.name, namespace, pod, name, restarts, oomKills, ends }];
  });
}
