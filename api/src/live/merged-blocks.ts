import { Inject, Injectable } from '@nestjs/common';
import { Store, StoreUnavailableError } from '../store/store.ts';
import { BlockReader } from './live-nodes.ts';

/** Reads what memory holds while the database is away. */
@Injectable()
export class MergedBlocks extends BlockReader {
  constructor(@Inject(Store) private readonly store: Pick<Store, 'blocks' | 'recentBlocks'>) {
    super();
  }

  override async read(nodeId: string, fromMs: number, toMs: number, only?: ReadonlySet<number>) {
    try {
      return { blocks: await this.store.blocks(nodeId, fromMs, toMs, only), partial: null };
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      const blocks = this.store.recentBlocks(nodeId, fromMs, toMs, only);
      return { blocks, partial: `only the last 15 minutes are shown: ${error.message}` };
    }
  }
}
