import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { Store, StoreUnavailableError } from '../store/store.ts';
import { BlockReader, LiveNodes } from './live-nodes.ts';
import { inRange, memoryMs, mergeBlocks } from './recent-blocks.ts';

/** Reads memory for the last 15 minutes, the store for what is older. */
@Injectable()
export class MergedBlocks extends BlockReader {
  constructor(
    private readonly live: LiveNodes,
    @Inject(Store) private readonly store: Pick<Store, 'blocks'>,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async read(nodeId: string, fromMs: number, toMs: number, only?: ReadonlySet<number>) {
    const recent = inRange(this.live.get(nodeId)?.blocks ?? [], fromMs, toMs);
    const memoryFromMs = this.clock.nowMs() - memoryMs;
    if (fromMs >= memoryFromMs) return { blocks: recent, partial: null };
    try {
      const stored = await this.store.blocks(nodeId, fromMs, Math.min(toMs, memoryFromMs), only);
      return { blocks: mergeBlocks(stored, recent), partial: null };
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      return { blocks: recent, partial: `only the last 15 minutes are shown: ${error.message}` };
    }
  }
}
