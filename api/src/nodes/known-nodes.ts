import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { type LiveNode, LiveNodes } from '../live/live-nodes.ts';
import type { KubernetesNode } from '../node-watch/kubernetes-node.ts';
import { MachineRegister } from '../machines/machine-register.ts';
import { machinesCluster } from '../machines/machine-tokens.ts';
import { NodeWatch } from '../node-watch/node-watch.ts';
import { type NodeRecord, Store, StoreUnavailableError } from '../store/store.ts';

/** A node as far as anybody knows it: memory, the store, or Kubernetes. */
export interface KnownNode {
  /** The store's key; for a node that never reported `uid~` and its UID, which is good for it ever after. */
  readonly id: string;
  readonly record: NodeRecord;
  readonly live: LiveNode | undefined;
  /**
   * `gone`: Kubernetes has it no more, or the machine was removed; `unasked`: there is no Kubernetes to ask, or it has
   * not answered yet.
   */
  readonly kubernetes: KubernetesNode | 'gone' | 'unasked';
  readonly hasReported: boolean;
}

const rereadMs = 10_000;
const uidPrefix = 'uid~';

/** Every node that can be named: those that report, those that did, and those that should. */
@Injectable()
export class KnownNodes {
  private stored: readonly NodeRecord[] = [];
  /** Ids of those that joined outside Kubernetes; undefined until they were read. */
  private machines: ReadonlySet<string> | undefined;
  private readAtMs = -Infinity;

  constructor(
    private readonly live: LiveNodes,
    private readonly store: Store,
    private readonly watch: NodeWatch,
    private readonly register: MachineRegister,
    private readonly clock: Clock,
  ) {}

  /**
   * Those to be listed, by name. A record of the store that Kubernetes has no more, and that was silent for as long as
   * memory reaches, is history: `find` knows it, a list does not.
   */
  async listed(): Promise<readonly KnownNode[]> {
    const known = [...(await this.reported()), ...(await this.neverReported())];
    const present = known.filter((node) => node.kubernetes !== 'gone' || (node.live?.entities.size ?? 0) > 0);
    return present.sort((one, other) => compare(one.record.name, other.record.name) || compare(one.id, other.id));
  }

  /** A node by its id, of any age; undefined when there is none. */
  async find(id: string): Promise<KnownNode | undefined> {
    const uid = id.startsWith(uidPrefix) ? id.slice(uidPrefix.length) : undefined;
    const live = this.live.get(id);
    if (live !== undefined) return this.known(live.record, true);
    const reported = await this.reported();
    const found = reported.find((node) => (uid === undefined ? node.id === id : node.record.uid === uid));
    return found ?? (await this.neverReported()).find((node) => node.id === id);
  }

  /** Every record, of memory and store; of memory alone while the database has never answered. */
  async records(): Promise<readonly NodeRecord[]> {
    await this.reread();
    const records = new Map(this.stored.map((record) => [record.id, record]));
    for (const { record } of this.live.all()) records.set(record.id, record);
    return [...records.values()];
  }

  private async reported(): Promise<KnownNode[]> {
    return (await this.records()).map((record) => this.known(record, true));
  }

  private async neverReported(): Promise<KnownNode[]> {
    const seen = this.watch.seen();
    if (seen === null) return [];
    const reported = new Set((await this.records()).map(({ uid }) => uid));
    const silent = [...seen.byUid.values()].filter(({ uid }) => !reported.has(uid));
    return silent.map(({ name, uid }) => this.known({ id: uidPrefix + uid, cluster: seen.cluster, name, uid }, false));
  }

  private known(record: NodeRecord, hasReported: boolean): KnownNode {
    return { id: record.id, record, live: this.live.get(record.id), kubernetes: this.presence(record), hasReported };
  }

  private presence({ cluster, uid }: NodeRecord): KnownNode['kubernetes'] {
    if (cluster === machinesCluster) return this.machines?.has(uid) === false ? 'gone' : 'unasked';
    const seen = this.watch.seen();
    return seen?.cluster === cluster ? (seen.byUid.get(uid) ?? 'gone') : 'unasked';
  }

  private async reread(): Promise<void> {
    if (this.clock.nowMs() - this.readAtMs < rereadMs) return;
    try {
      this.stored = await this.store.nodes();
      this.machines = new Set((await this.register.machines.all()).map(({ _id }) => _id));
      this.readAtMs = this.clock.nowMs();
    } catch (error) {
      // Nodes are not forgotten because the database is away.
      if (!(error instanceof StoreUnavailableError)) throw error;
    }
  }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
