import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { Config } from '../config.ts';
import { Leases } from '../leases/leases.ts';
import { KnownDescriptions } from '../live/known-descriptions.ts';
import { Memory } from '../live/memory.ts';
import { agesOf } from '../retention/ages.ts';
import { DescriptionsRepository } from '../store/descriptions.repository.ts';
import { Store } from '../store/store.ts';
import { KnownNamespaces } from '../tiers/known-namespaces.ts';
import { WorkloadTiers } from '../tiers/tier-documents.ts';
import { NodePurge } from './node-purge.ts';
import { type PurgeDocument, Purges } from './purges.ts';

/** Every replica has dropped a node from its memory so long after it was asked to, and then its documents go. */
export const graceMs = 15_000;
/**
 * A log keeps what it had by then, and brings it into parts when it is dropped, which may be hours later: that is looked
 * for now and then, until samples of that age are removed in any case.
 */
export const lookAgainMs = 10 * 60_000;

/** Removes nodes' pasts, and what comes into parts of them later. */
@Injectable()
export class PurgeJob {
  private readonly log = new Logger('Purge');

  constructor(
    private readonly purges: Purges,
    private readonly nodes: NodePurge,
    private readonly leases: Leases,
    private readonly memory: Memory,
    private readonly known: KnownDescriptions,
    private readonly descriptions: DescriptionsRepository,
    private readonly store: Store,
    private readonly namespaces: KnownNamespaces,
    private readonly workloadTiers: WorkloadTiers,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** One round. Rejects with StoreUnavailableError: the next one does what is left. */
  async turn(): Promise<void> {
    const all = await this.purges.all();
    if (all.length === 0) return;
    await this.forget(all.filter((purge) => !this.isBack(purge)));
    if (!(await this.leases.hold('purge'))) return;
    const clusters = new Set<string>();
    for (const purge of all.filter((one) => isDue(one, this.clock.nowMs()))) {
      if (await this.clear(purge)) clusters.add(purge.cluster);
    }
    for (const cluster of clusters) await this.removeWorkloadSums(cluster, all);
  }

  /** What is in this replica's memory, and who was in it: no part may have named them yet. */
  private async forget(purges: readonly PurgeDocument[]): Promise<void> {
    const nodeIds = new Set(purges.map(({ _id }) => _id));
    for (const nodeId of nodeIds) await this.nodes.removeEntities(nodeId, this.memory.get(nodeId)?.entities.values());
    this.memory.drop(nodeIds);
    this.known.drop(nodeIds);
    this.descriptions.drop(nodeIds);
  }

  /** Whether the node has reported since it was asked for: it has another monitor. */
  private isBack({ _id, askedMs }: PurgeDocument): boolean {
    return (this.memory.get(_id)?.lastReceivedMs ?? -Infinity) > askedMs;
  }

  /** Whether anything was there. */
  private async clear(purge: PurgeDocument): Promise<boolean> {
    const hadAny = await this.nodes.remove(purge, this.isBack(purge));
    const nowMs = this.clock.nowMs();
    if (purge.clearedMs === undefined) this.tell(purge);
    if (nowMs - purge.askedMs > agesOf(this.config).raw) await this.purges.end(purge._id);
    else await this.purges.note({ ...purge, clearedMs: purge.clearedMs ?? nowMs, lookedMs: nowMs });
    return hadAny || purge.clearedMs === undefined;
  }

  /** Sums of workloads are over all nodes: they go when every node of their cluster does. */
  private async removeWorkloadSums(cluster: string, purges: readonly PurgeDocument[]): Promise<void> {
    const going = new Set(purges.filter((purge) => !this.isBack(purge)).map(({ _id }) => _id));
    const nodes = (await this.store.nodes()).filter((node) => node.cluster === cluster);
    if (!nodes.every(({ id }) => going.has(id))) return;
    for (const subject of await this.namespaces.all()) {
      if (subject.startsWith(`${cluster}/`)) await this.nodes.removeSums(this.workloadTiers, subject);
    }
  }

  private tell({ _id, monitorUid }: PurgeDocument): void {
    this.log.log(`all that was stored of node ${_id} is removed, as the deletion of monitor ${monitorUid} asked`);
  }
}

function isDue({ askedMs, lookedMs }: PurgeDocument, nowMs: number): boolean {
  return nowMs - askedMs >= graceMs && nowMs - (lookedMs ?? -Infinity) >= lookAgainMs;
}
