import type { NewPurge, Purge } from '@docksnap/contract';
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { Cluster } from '../cluster/cluster.ts';
import { NodeWatch } from '../node-watch/node-watch.ts';
import { windowOf } from '../store/identifiers.ts';
import { type NodeRecord, Store } from '../store/store.ts';
import { Purges } from './purges.ts';

/** What the operator of a cluster may have removed: nodes of that cluster, and of no other. */
@Injectable()
export class PurgesService {
  private readonly log = new Logger('Purge');

  constructor(
    private readonly purges: Purges,
    private readonly store: Store,
    private readonly cluster: Cluster,
    private readonly watch: NodeWatch,
    private readonly clock: Clock,
  ) {}

  /** Resolves when it is written down: what is asked for happens, whoever ends. Rejects with StoreUnavailableError. */
  async ask(asked: NewPurge): Promise<Purge> {
    const { monitorUid } = asked;
    const before = await this.ofMonitor(monitorUid);
    const known = new Set(before.map(({ _id }) => _id));
    const wanted = (await this.wanted(asked)).filter(({ id }) => !known.has(id));
    const askedMs = this.clock.nowMs();
    for (const { id, name, cluster } of wanted) {
      await this.purges.ask({ _id: id, cluster, monitorUid, askedMs, throughWindow: windowOf(askedMs) });
      this.log.log(
        `the deletion of monitor ${monitorUid} asks that all is removed that is stored of node ${name} (${id})`,
      );
    }
    const all = wanted.length === 0 ? before : await this.ofMonitor(monitorUid);
    return { nodes: all.length, pending: all.filter(({ clearedMs }) => clearedMs === undefined).length };
  }

  private async ofMonitor(monitorUid: string) {
    return (await this.purges.all()).filter((purge) => purge.monitorUid === monitorUid);
  }

  private async wanted({ nodeUids, goneNodes }: NewPurge): Promise<readonly NodeRecord[]> {
    const cluster = await this.cluster.uid();
    const named = new Set(nodeUids);
    const records = (await this.store.nodes()).filter((record) => record.cluster === cluster);
    return records.filter(({ uid }) => named.has(uid) || (goneNodes && this.isGone(cluster, uid)));
  }

  /** Whether Kubernetes has said that it has this node no more. */
  private isGone(cluster: string, uid: string): boolean {
    const seen = this.watch.seen();
    return seen?.cluster === cluster && !seen.byUid.has(uid);
  }
}
