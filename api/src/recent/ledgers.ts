import { Injectable } from '@nestjs/common';
import { Replica } from '../replicas/replica.ts';
import { Collections, type DocumentSet, type Identified } from '../store/collections.ts';
import type { EpochAccount } from './node-ledger.ts';
import { Recent } from './recent.ts';

/** `n/r` → what replica r knows of a node's ticks. Replaced whole, by that replica. */
interface LedgerDocument extends Identified {
  readonly epochs: readonly EpochAccount[];
}

/** The ledgers of all nodes as they outlive a replica: what all replicas knew, put together, is what is true. */
@Injectable()
export class Ledgers {
  private readonly documents: DocumentSet<LedgerDocument>;

  constructor(
    collections: Collections,
    private readonly replica: Replica,
    private readonly recent: Recent,
  ) {
    this.documents = collections.of('ledgers');
  }

  /** Reads what all replicas knew. */
  async read(): Promise<void> {
    for (const { _id, epochs } of await this.documents.all()) {
      const [nodeId = ''] = _id.split('/');
      this.recent.node(nodeId).ledger.merge(epochs);
    }
  }

  /** Writes what is known here of these nodes. */
  async write(nodeIds: Iterable<string>): Promise<void> {
    const documents = [...nodeIds].map((nodeId) => ({
      _id: `${nodeId}/${this.replica.id}`,
      epochs: this.recent.node(nodeId).ledger.accounts,
    }));
    await this.documents.replace(documents);
  }

  /** Takes over from replicas that are no more: what they knew is written under this one's name, then removed. */
  async takeOver(isListed: (replica: string) => boolean): Promise<void> {
    const left = (await this.documents.all()).filter(({ _id }) => !isListed(_id.split('/')[1] ?? ''));
    for (const { _id, epochs } of left) this.recent.node(_id.split('/')[0] ?? '').ledger.merge(epochs);
    await this.write(new Set(left.map(({ _id }) => _id.split('/')[0] ?? '')));
    for (const { _id } of left) if (!_id.endsWith(this.replica.id)) await this.documents.remove(_id);
  }
}
