import type { Scope, StreamQuery } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { sees } from '../access/scope.ts';
import { Clock } from '../clock.ts';
import { LiveNodes } from '../live/live-nodes.ts';
import { Problem } from '../problem/problem.ts';
import { SeriesService } from '../series/series.service.ts';
import type { Subject } from '../series/subject.ts';
import { StoreUnavailableError } from '../store/store.ts';
import { belongingOf } from '../workloads/workload-of.ts';
import { Changes } from './changes.ts';
import { dueSteps, Told } from './points.ts';
import { event, heartbeat, opening } from './sse.ts';

export const heartbeatMs = 15_000;
/** Ticks of many nodes within this time make one event of points. */
const gatherMs = 500;

/** What a stream runs by. */
export interface Running {
  readonly signal: AbortSignal;
  /** Whether the reader's session still is; asked at each heartbeat. */
  readonly isAllowed: () => Promise<boolean>;
}

/** The text of event streams, made as fast as it is read. */
@Injectable()
export class StreamService {
  constructor(
    private readonly live: LiveNodes,
    private readonly series: SeriesService,
    private readonly clock: Clock,
  ) {}

  /** `tick` events of the nodes that run something which the scope holds. */
  ticks(scope: Scope, running: Running): AsyncGenerator<string> {
    const changes = new Changes(this.live.ticks, (nodeId) => this.isVisible(nodeId, scope), running.signal);
    return this.run(changes, running, (changed) => Promise.resolve(changed.map((tick) => event('tick', tick))));
  }

  /**
   * `points` events of a subject: the steps that changed since `toldMs`. Rejects at once, before anything is sent,
   * with 404 for a subject that is not there.
   */
  async points(
    subject: Subject,
    query: StreamQuery,
    scope: Scope,
    running: Running,
    toldMs: number | undefined,
  ): Promise<AsyncGenerator<string>> {
    const told = new Told();
    let newestMs = toldMs ?? this.clock.nowMs();
    const look = async (): Promise<string[]> => {
      const steps = dueSteps(query.stepSeconds * 1000, this.clock.nowMs(), newestMs);
      const news = told.news(await this.series.answer(subject, scope, steps, query.metrics));
      newestMs = this.clock.nowMs();
      return news === null ? [] : [event('points', news, String(news.timestamps.at(-1)))];
    };
    const changes = new Changes(this.live.ticks, (nodeId) => isPartOf(nodeId, subject), running.signal);
    return this.run(changes, running, look, await look());
  }

  private async *run(
    changes: Changes,
    { signal, isAllowed }: Running,
    look: (changed: Awaited<ReturnType<Changes['next']>>) => Promise<string[]>,
    first: readonly string[] = [],
  ): AsyncGenerator<string> {
    yield opening + first.join('');
    for (;;) {
      const changed = await changes.next(heartbeatMs);
      if (signal.aborted) return;
      if (changed.length > 0) yield (await settled(look(changed))).join('');
      else if (await isAllowed()) yield heartbeat;
      else return;
      await wait(gatherMs, undefined, { signal }).catch(() => undefined);
    }
  }

  private isVisible(nodeId: string, scope: Scope): boolean {
    if (scope.kind === 'all') return true;
    const entities = [...(this.live.get(nodeId)?.entities.values() ?? [])];
    return entities.some(({ description }) => sees(scope, belongingOf(description)?.namespace ?? ''));
  }
}

function isPartOf(nodeId: string, subject: Subject): boolean {
  if (subject.kind === 'container') return nodeId === subject.id.nodeId;
  return subject.kind === 'node' ? nodeId === subject.id : true;
}

/** A stream outlives a database that is away and a subject that comes back: it then has no news. */
async function settled(events: Promise<string[]>): Promise<string[]> {
  try {
    return await events;
  } catch (error) {
    if (error instanceof Problem || error instanceof StoreUnavailableError) return [];
    throw error;
  }
}
