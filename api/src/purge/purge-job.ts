import { Injectable, Logger } from '@nestjs/common';
import { Leases } from '../leases/leases.ts';
import { ClusterPurge } from './cluster-purge.ts';
import { NodePast } from './node-past.ts';
import { PurgedMemory } from './purged-memory.ts';
import { type PurgeDocument, Purges } from './purges.ts';

/** Removes nodes' pasts, and what comes into parts of them later. */
@Injectable()
export class PurgeJob {
  private readonly log = new Logger('Purge');

  constructor(
    private readonly purges: Purges,
    private readonly nodes: NodePast,
    private readonly clusters: ClusterPurge,
    private readonly memory: PurgedMemory,
    private readonly leases: Leases,
  ) {}

  /** One round. Rejects with StoreUnavailableError: the next one does what is left. */
  async turn(): Promise<void> {
    const all = await this.purges.all();
    if (all.length === 0) return;
    await this.memory.forget(all);
    const due = all.filter((purge) => this.purges.isDue(purge));
    if (due.length === 0 || !(await this.leases.hold('purge'))) return;
    const changed = new Set<string>();
    for (const purge of due) {
      const hadAny = await this.nodes.remove(purge, this.memory.isBack(purge));
      if (hadAny || purge.clearedMs === undefined) changed.add(purge.cluster);
    }
    const going = new Set(all.filter((purge) => !this.memory.isBack(purge)).map(({ _id }) => _id));
    for (const cluster of changed) await this.clusters.remove(cluster, going);
    for (const purge of due) await this.note(purge);
  }

  private async note(purge: PurgeDocument): Promise<void> {
    await this.purges.cleared(purge);
    if (purge.clearedMs !== undefined) return;
    this.log.log(
      `all that was stored of node ${purge._id} is removed, as the deletion of monitor ${purge.monitorUid} asked`,
    );
  }
}
