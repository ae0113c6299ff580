import { Injectable } from '@nestjs/common';
import { Peers } from '../replicas/peers.ts';
import type { LoggedPush } from './commit.ts';
import { LogReader } from './log-reader.ts';

/** Takes what other replicas have stored. */
export abstract class PushTaker {
  /** A push that stands in a log; it may have been taken before. */
  abstract take(push: LoggedPush): Promise<void>;
}

/** Reads the logs of all other replicas, so that every replica knows what each has taken. */
@Injectable()
export class Follower {
  /** The next commit of each replica. */
  private readonly cursors = new Map<string, number>();

  constructor(
    private readonly peers: Peers,
    private readonly reader: LogReader,
    private readonly taker: PushTaker,
  ) {}

  /** Reads all that the others have stored by now. Rejects with StoreUnavailableError, and goes on there next time. */
  async turn(): Promise<void> {
    const others = this.peers.others();
    const ids = new Set(others.map(({ _id }) => _id));
    for (const replica of this.cursors.keys()) if (!ids.has(replica)) this.cursors.delete(replica);
    // A commit that is older than what its replica still keeps may be gone: it is in parts.
    await Promise.all(others.map(({ _id, since }) => this.follow(_id, Math.max(since, this.cursors.get(_id) ?? 0))));
  }

  private async follow(replica: string, from: number): Promise<void> {
    for await (const { _id, pushes } of this.reader.from(replica, from)) {
      for (const push of pushes) await this.taker.take(push);
      this.cursors.set(replica, Number(_id) + 1);
    }
  }
}
