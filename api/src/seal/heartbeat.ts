import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { LogWriter } from '../commit-log/log-writer.ts';
import { Recent } from '../recent/recent.ts';
import { Replica } from '../replicas/replica.ts';
import { logMs } from './janitor.ts';

/** How finely it is remembered which commit was made when, ms. */
const markMs = 60_000;

interface Mark {
  readonly c: number;
  readonly atMs: number;
}

/** Tells the others that this replica lives, and which of its commits are needed no more. */
@Injectable()
export class Heartbeat {
  private marks: readonly Mark[] = [];
  private markedFor = '';

  constructor(
    private readonly replica: Replica,
    private readonly writer: LogWriter,
    private readonly recent: Recent,
    private readonly clock: Clock,
  ) {}

  /** Rejects with StoreUnavailableError. */
  async turn(): Promise<void> {
    await this.replica.beat(this.since());
  }

  /** The oldest commit that came within logMs, or that holds a block which is not known to be in parts. */
  private since(): number {
    const nowMs = this.clock.nowMs();
    const c = this.writer.nextCommit;
    if (this.markedFor !== this.replica.id) this.marks = [{ c: 0, atMs: nowMs }];
    this.markedFor = this.replica.id;
    const newest = this.marks.at(-1);
    if (newest === undefined || nowMs - newest.atMs >= markMs) this.marks = [...this.marks, { c, atMs: nowMs }];
    const old = this.marks.findLastIndex(({ atMs }) => atMs <= nowMs - logMs);
    this.marks = this.marks.slice(Math.max(0, old));
    const unsealed = [...this.recent.all()].map(([, { ticks }]) => ticks.oldestUnsealedCommit() ?? Infinity);
    return unsealed.reduce((oldest, one) => Math.min(oldest, one), this.marks[0]?.c ?? 0);
  }
}
