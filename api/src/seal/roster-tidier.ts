import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { commitsPerLog } from '../commit-log/commit.ts';
import { LogReader } from '../commit-log/log-reader.ts';
import { Leases } from '../leases/leases.ts';
import { Peers } from '../replicas/peers.ts';
import type { ReplicaDocument } from '../replicas/replica.ts';
import { Rosters } from '../rosters/rosters.ts';

/** Drops rosters that no log names: parts name others, and as long as a log is there its rosters are. */
@Injectable()
export class RosterTidier {
  constructor(
    private readonly leases: Leases,
    private readonly peers: Peers,
    private readonly reader: LogReader,
    private readonly rosters: Rosters,
    private readonly clock: Clock,
  ) {}

  /** One round. Rejects with StoreUnavailableError; the next round does what is left. */
  async turn(): Promise<void> {
    if (!(await this.leases.hold('rosters'))) return;
    let oldestMs = this.clock.nowMs();
    await this.peers.look();
    for (const replica of this.peers.all()) oldestMs = Math.min(oldestMs, await this.firstMs(replica));
    await this.rosters.dropBefore(oldestMs);
  }

  /** When the oldest commit came that a replica's log still has; now where it has none. */
  private async firstMs({ _id, since }: ReplicaDocument): Promise<number> {
    const first = await this.reader.firstLog(_id, Math.floor(since / commitsPerLog));
    const commit = await this.reader.find(_id, first * commitsPerLog);
    return Math.min(this.clock.nowMs(), ...(commit?.pushes ?? []).map(({ atMs }) => atMs));
  }
}
