import { Injectable } from '@nestjs/common';
import { PartAdder } from '../parts/part-adder.ts';
import { TickConflictError } from '../store/store.ts';
import type { HeldBlock } from './held-block.ts';
import { Ledgers } from './ledgers.ts';
import { Recent } from './recent.ts';
import { sift, ticksOf } from './sift.ts';

/** Stores blocks that are older than memory reaches: straight into parts, for no replica needs to hear of them. */
@Injectable()
export class LateBlocks {
  constructor(
    private readonly adder: PartAdder,
    private readonly recent: Recent,
    private readonly ledgers: Ledgers,
  ) {}

  /**
   * Resolves, when all are in parts and counted, with the number of ticks that were there already. Rejects with
   * TickConflictError when one is there with other content.
   */
  async add(nodeId: string, late: readonly HeldBlock[]): Promise<number> {
    if (late.length === 0) return 0;
    const byWindow = Map.groupBy(late, ({ window }) => window);
    // All are looked at before the first is stored.
    for (const [window, blocks] of byWindow) sift(nodeId, blocks, await this.adder.claims(nodeId, window));
    let again = 0;
    for (const [window, blocks] of byWindow) again += await this.addTo(nodeId, window, blocks);
    // No log tells of them.
    await this.ledgers.write([nodeId]);
    return again;
  }

  private async addTo(nodeId: string, window: number, blocks: readonly HeldBlock[]): Promise<number> {
    const { stored, duplicate, conflicts } = await this.adder.add(nodeId, window, blocks);
    const [conflict] = conflicts;
    if (conflict !== undefined) throw new TickConflictError(nodeId, conflict.epoch, conflict.firstSeq);
    for (const block of [...stored, ...duplicate]) this.recent.node(nodeId).ledger.store(block);
    return ticksOf(duplicate);
  }
}
