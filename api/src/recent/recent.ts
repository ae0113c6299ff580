import { Injectable } from '@nestjs/common';
import { DecodedChunks } from './decoded-chunks.ts';
import { NodeLedger } from './node-ledger.ts';
import { NodeTicks } from './node-ticks.ts';

/** What this replica has in memory of one node. */
export interface RecentNode {
  readonly ticks: NodeTicks;
  readonly ledger: NodeLedger;
}

/** Every node's recent ticks, whichever replica took them. */
@Injectable()
export class Recent {
  private readonly nodes = new Map<string, RecentNode>();
  private readonly chunks = new DecodedChunks();

  node(nodeId: string): RecentNode {
    const node = this.nodes.get(nodeId) ?? { ticks: new NodeTicks(this.chunks), ledger: new NodeLedger() };
    this.nodes.set(nodeId, node);
    return node;
  }

  all(): Iterable<readonly [nodeId: string, node: RecentNode]> {
    return this.nodes;
  }

  /** Lets go of all that is held of these nodes. */
  drop(nodeIds: ReadonlySet<string>): void {
    for (const nodeId of nodeIds) this.nodes.delete(nodeId);
  }

  forget(nowMs: number): void {
    for (const { ticks } of this.nodes.values()) ticks.forget(nowMs);
  }
}
