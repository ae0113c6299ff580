import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { Config } from '../config.ts';
import { agesOf } from '../retention/ages.ts';
import { Collections, type DocumentSet, type Identified } from '../store/collections.ts';

/** Every replica has dropped a node from its memory so long after it was asked to, and then its documents go. */
export const graceMs = 15_000;
/**
 * A log keeps what it had by then, and brings it into parts when it is dropped, which may be hours later: that is looked
 * for now and then, until samples of that age are removed in any case.
 */
export const lookAgainMs = 10 * 60_000;

/** `n` → everything of that node up to the end of a window is to go. Written by the replica that holds the lease. */
export interface PurgeDocument extends Identified {
  readonly cluster: string;
  /** UID of the monitor whose deletion asked for it. */
  readonly monitorUid: string;
  readonly askedMs: number;
  /** The last window that goes: the one in which it was asked for. */
  readonly throughWindow: number;
  /** When all that was there had gone; undefined before. */
  readonly clearedMs?: number;
  /** When it was last looked for what came late. */
  readonly lookedMs?: number;
}

/** The nodes whose past is to go. There are none nearly always. */
@Injectable()
export class Purges {
  private readonly documents: DocumentSet<PurgeDocument>;

  constructor(
    collections: Collections,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {
    this.documents = collections.of('purges');
  }

  all(): Promise<readonly PurgeDocument[]> {
    return this.documents.all();
  }

  /** Asks for it once for each monitor: a later one's nodes have a past of their own. */
  async ask(purge: PurgeDocument): Promise<void> {
    const before = await this.documents.find(purge._id);
    if (before?.monitorUid !== purge.monitorUid) await this.documents.replace([purge]);
  }

  /** Whether it is time to look at it. */
  isDue({ askedMs, lookedMs = -Infinity }: PurgeDocument): boolean {
    const nowMs = this.clock.nowMs();
    return nowMs - askedMs >= graceMs && nowMs - lookedMs >= lookAgainMs;
  }

  /** Notes that nothing is left now, and ends it when nothing can come any more. */
  async cleared(purge: PurgeDocument): Promise<void> {
    const nowMs = this.clock.nowMs();
    if (nowMs - purge.askedMs > agesOf(this.config).raw) await this.documents.remove(purge._id);
    else await this.documents.replace([{ ...purge, clearedMs: purge.clearedMs ?? nowMs, lookedMs: nowMs }]);
  }
}
