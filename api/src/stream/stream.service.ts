import type { Scope, StreamQuery } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { sees } from '../access/scope.ts';
import { Clock } from '../clock.ts';
import { LiveNodes } from '../live/live-nodes.ts';
import { Problem } from '../problem/problem.ts';
import { SeriesService } from '../series/series.service.ts';
import { isMember, type Subject } from '../series/subject.ts';
import { StoreUnavailableError } from '../store/store.ts';
import { type Belonging, belongingOf } from '../workloads/workload-of.ts';
import { Changes } from './changes.ts';
import { dueSteps, Told } from './points.ts';
import { event, heartbeat, opening } from './sse.ts';

/** A stream that has nothing to say says so after this time. */
const heartbeatMs = 15_000;
/** How often a reader's session is looked at. */
const lookMs = 5000;
/** Ticks of many nodes within this time make one event of points. */
const gatherMs = 500;

/** What a stream runs by. */
export interface Running {
  readonly signal: AbortSignal;
  /** Whether the reader's session still is; asked now and then. */
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
      const { signal } = running;
      const news = told.news(await this.series.answer(subject, scope, steps, query.metrics, { signal }));
      newestMs = this.clock.nowMs();
      return news === null ? [] : [event('points', news, String(news.timestamps.at(-1)))];
    };
    const changes = new Changes(this.live.ticks, (nodeId) => this.isPartOf(nodeId, subject), running.signal);
    return this.run(changes, running, look, await look());
  }

  private async *run(
    changes: Changes,
    { signal, isAllowed }: Running,
    look: (changed: Awaited<ReturnType<Changes['next']>>) => Promise<string[]>,
    first: readonly string[] = [],
  ): AsyncGenerator<string> {
    let saidMs = performance.now();
    let lookedMs = saidMs;
    yield opening + first.join('');
    for (;;) {
      const changed = await changes.next(lookMs);
      if (signal.aborted) return;
      // A timer may ring a moment early, and the next is a whole round away.
      if (performance.now() - lookedMs >= lookMs - gatherMs) {
        if (!(await isAllowed())) return;
        lookedMs = performance.now();
      }
      const text = changed.length === 0 ? '' : (await settled(look(changed))).join('');
      if (text !== '' || performance.now() - saidMs >= heartbeatMs) {
        saidMs = performance.now();
        yield text === '' ? heartbeat : text;
      }
      await wait(gatherMs, undefined, { signal }).catch(() => undefined);
    }
  }

  private isVisible(nodeId: string, scope: Scope): boolean {
    return scope.kind === 'all' || this.belongings(nodeId).some(({ namespace }) => sees(scope, namespace));
  }

  private isPartOf(nodeId: string, subject: Subject): boolean {
    switch (subject.kind) {
      case 'container':
        return nodeId === subject.id.nodeId;
      case 'node':
        return nodeId === subject.id;
      case 'cluster':
        return true;
      case 'namespace':
      case 'workload':
      case 'pod':
      case 'labels':
        return this.belongings(nodeId).some((belonging) => isMember(belonging, subject));
    }
  }

  /** Of all that runs on a node. */
  private belongings(nodeId: string): Belonging[] {
    const entities = [...(this.live.get(nodeId)?.entities.values() ?? [])];
    return entities.map(({ description }) => belongingOf(description)).filter((belonging) => belonging !== undefined);
  }
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
