import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { PartAdder } from '../parts/part-adder.ts';
import type { HeldBlock } from '../recent/held-block.ts';
import { Recent } from '../recent/recent.ts';
import { Peers } from '../replicas/peers.ts';
import { windowMs } from '../store/identifiers.ts';
import { guarded } from '../tiers/due.ts';

/** How long after its end a window is closed, ms: what is taken until then goes into its first part. */
export const closeMs = 60_000;
/** How much later those look after it that do not own the node. */
const othersMs = 30_000;

/** Puts closed windows into parts. Every replica sees each window through; the owner comes first, to save work. */
@Injectable()
export class Sealer {
  private readonly log = new Logger('Seal');

  constructor(
    private readonly recent: Recent,
    private readonly adder: PartAdder,
    private readonly peers: Peers,
    private readonly clock: Clock,
  ) {}

  /** One round over all nodes. Rejects with StoreUnavailableError; the next round does what is left. */
  async turn(): Promise<void> {
    for (const [nodeId, { ticks }] of this.recent.all()) {
      const openMs = this.clock.nowMs() - closeMs - (this.peers.owns(nodeId) ? 0 : othersMs);
      for (const [window, blocks] of ticks.unsealed()) {
        if ((window + 1) * windowMs > openMs) continue;
        const what = `window ${window} of node ${nodeId} is not put into parts`;
        await guarded(this.log, what, () => this.seal(nodeId, window, blocks));
      }
    }
  }

  private async seal(nodeId: string, window: number, blocks: readonly HeldBlock[]): Promise<void> {
    const { conflicts } = await this.adder.add(nodeId, window, blocks);
    for (const block of blocks) block.isSealed = true;
    for (const { epoch, firstSeq } of conflicts) {
      this.log.warn(`node ${nodeId} sent tick ${epoch}/${firstSeq} twice with different content; the first is kept`);
    }
  }
}
