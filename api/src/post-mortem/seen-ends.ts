import type { ContainerDetail, Scope } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { RestartsService } from '../restarts/restarts.service.ts';
import { chosenEnd, type DatedEnd, datedEnds } from './ends.ts';

const dayMs = 24 * 3_600_000;

export interface SeenEnds {
  /** Oldest first. */
  readonly all: readonly DatedEnd[];
  /** The one that is asked for. */
  readonly end: DatedEnd | undefined;
  readonly partial: string | null;
}

/** Finds the ends of a container: those of a day's ticks, and the one that it was described by last. */
@Injectable()
export class EndFinder {
  constructor(
    private readonly restarts: RestartsService,
    private readonly clock: Clock,
  ) {}

  /** Around a time, or up to now. */
  async find(
    scope: Scope,
    { id, nodeId, lastTermination }: Pick<ContainerDetail, 'id' | 'nodeId' | 'lastTermination'>,
    atMs: number | undefined,
    signal: AbortSignal,
  ): Promise<SeenEnds> {
    const to = Math.max(1, Math.min(this.clock.nowMs(), (atMs ?? Infinity) + dayMs / 2));
    // Its node alone is read: it was on no other.
    const query = { container: id, node: nodeId, from: Math.max(0, to - dayMs), to, limit: 1 };
    const { items, partial } = await this.restarts.answer(scope, query, signal);
    const all = datedEnds([...items.flatMap(({ ends }) => ends), lastTermination]);
    return { all, end: chosenEnd(all, atMs), partial };
  }
}
