import { Injectable } from '@nestjs/common';
import { type CommitDocument, commitsPerLog } from '../commit-log/commit.ts';
import { LogReader } from '../commit-log/log-reader.ts';
import { Clock } from '../clock.ts';
import { Leases } from '../leases/leases.ts';
import { Peers } from '../replicas/peers.ts';
import type { ReplicaDocument } from '../replicas/replica.ts';
import { LogDrain } from './log-drain.ts';

/** What came within this time stays in the log, ms: a replica that starts reads its memory back from there. */
export const logMs = 30 * 60 * 1000;

/**
 * Drops logs: those parts of a living replica's log that it needs no more, and all of a dead one's. Nothing is dropped
 * before each block in it was seen to be in parts, and a replica's last log not before the replica has ended, after
 * which it acknowledges nothing more (replica.ts).
 */
@Injectable()
export class Janitor {
  constructor(
    private readonly leases: Leases,
    private readonly peers: Peers,
    private readonly reader: LogReader,
    private readonly drain: LogDrain,
    private readonly clock: Clock,
  ) {}

  /** One round. Rejects with StoreUnavailableError; the next round does what is left. */
  async turn(): Promise<void> {
    if (!(await this.leases.hold('janitor'))) return;
    await this.peers.endDead();
    for (const replica of this.peers.all()) {
      if (await this.peers.hasEnded(replica._id)) await this.dropEnded(replica);
      else await this.dropOld(replica);
    }
  }

  /** Collections of a living replica that lie wholly before what it needs. */
  private async dropOld({ _id, since }: ReplicaDocument): Promise<void> {
    const end = Math.floor(since / commitsPerLog);
    for (let log = await this.reader.firstLog(_id, end); log < end; log += 1) await this.drain.drop(_id, log);
  }

  /** The newest collection first: what a crash leaves still begins where it did. */
  private async dropEnded({ _id, since }: ReplicaDocument): Promise<void> {
    const first = await this.reader.firstLog(_id, Math.floor(since / commitsPerLog));
    const last = await this.reader.last(_id, Math.max(since, first * commitsPerLog));
    if (last !== undefined && isYoung(last, this.clock.nowMs())) return;
    let end = first;
    while (await this.reader.has(_id, end * commitsPerLog)) end += 1;
    for (let log = end - 1; log >= first; log -= 1) await this.drain.drop(_id, log);
    await this.peers.forget(_id);
  }
}

function isYoung({ pushes }: CommitDocument, nowMs: number): boolean {
  return pushes.some(({ atMs }) => atMs >= nowMs - logMs);
}
