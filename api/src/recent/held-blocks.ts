import { decodeBlockHeader } from '@docksnap/contract/codec';
import { Injectable } from '@nestjs/common';
import { blocksOf, type LoggedPush } from '../commit-log/commit.ts';
import { claimOf } from '../parts/claim.ts';
import { Rosters } from '../rosters/rosters.ts';
import { StoreUnavailableError } from '../store/store.ts';
import { HeldBlock } from './held-block.ts';

/** Makes of a log's pushes blocks that can be decoded: with the rosters that they name. */
@Injectable()
export class HeldBlocks {
  constructor(private readonly rosters: Rosters) {}

  /** Rejects with StoreUnavailableError, also when a roster is not to be had, which is put before any log names it. */
  async of(push: LoggedPush): Promise<HeldBlock[]> {
    const blocks = blocksOf(push).map((block) => ({ ...block, header: decodeBlockHeader(block.bytes) }));
    const named = new Set(blocks.flatMap(({ header }) => header.rosterHash ?? []));
    const rosters = await this.rosters.namedAt(push.n, named, push.atMs);
    const missing = [...named].filter((hash) => !rosters.has(hash));
    if (missing.length > 0) {
      throw new StoreUnavailableError(`a log of node ${push.n} names roster ${missing.join()}, which is not stored`);
    }
    return blocks.map(({ header, bytes, shiftMs }) => {
      const roster = header.rosterHash === undefined ? undefined : rosters.get(header.rosterHash);
      return HeldBlock.ofBlock(header, claimOf(header, bytes), shiftMs, bytes, roster);
    });
  }
}
