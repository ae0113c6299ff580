import { Injectable } from '@nestjs/common';
import { Ledgers } from '../recent/ledgers.ts';
import { Leases } from '../leases/leases.ts';
import { Peers } from '../replicas/peers.ts';
import { Store } from '../store/store.ts';
import { Memory } from './memory.ts';
import type { NodeMemory } from './node-memory.ts';

/** Empties memory of what is old, and writes down what it learnt of entities and ledgers. */
@Injectable()
export class MemoryKeeper {
  constructor(
    private readonly memory: Memory,
    private readonly store: Store,
    private readonly ledgers: Ledgers,
    private readonly leases: Leases,
    private readonly peers: Peers,
  ) {}

  /** Reads what replicas knew of ledgers that are no more in their logs. */
  readLedgers(): Promise<void> {
    return this.ledgers.read();
  }

  /** One round: the owner of a node writes down its entities. Rejects with StoreUnavailableError. */
  async turn(): Promise<void> {
    this.memory.forget();
    await this.writeAll(({ record }) => this.peers.owns(record.id));
    await this.ledgers.read();
    if (!(await this.leases.hold('ledgers'))) return;
    const listed = new Set(this.peers.all().map(({ _id }) => _id));
    await this.ledgers.takeOver((replica) => listed.has(replica));
  }

  /** All that is not written yet, whoever owns it. */
  async writeAll(isWanted: (node: NodeMemory) => boolean = () => true): Promise<void> {
    const nodes = [...this.memory.everyNode()];
    for (const node of nodes.filter(isWanted)) await this.writeNode(node);
    await this.ledgers.write(nodes.map(({ record }) => record.id));
  }

  private async writeNode(node: NodeMemory): Promise<void> {
    const entities = node.takeUnwritten();
    try {
      if (entities.length > 0) await this.store.putEntities(node.record.id, entities);
    } catch (error) {
      node.giveBack(entities);
      throw error;
    }
  }
}
