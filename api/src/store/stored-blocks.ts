import type { Block } from '@docksnap/contract';
import { decodeBlock } from '@docksnap/contract/codec';
import { Injectable } from '@nestjs/common';
import { zstd } from '../codec/zstd.ts';
import { NodeStateRepository } from './node-state.repository.ts';
import { PartsRepository } from './parts.repository.ts';
import type { PartDocument } from './schemas.ts';
import { shifted, windowsOf } from './shifted-spans.ts';
import { StoreUnavailableError } from './store.ts';

/** How many windows are read at once. */
const concurrency = 4;
/** How long one range may take, in ms: an hour takes well under a second. */
const rangeMs = 10_000;

/** Reads blocks of a range out of parts. */
@Injectable()
export class StoredBlocks {
  constructor(
    private readonly parts: PartsRepository,
    private readonly state: NodeStateRepository,
  ) {}

  /** As Store.blocks. */
  async read(nodeId: string, fromMs: number, toMs: number, only?: ReadonlySet<number>): Promise<readonly Block[]> {
    const state = await this.state.get(nodeId);
    if (state === undefined) return [];
    const deadline = AbortSignal.timeout(rangeMs);
    const windows = windowsOf(fromMs, toMs, state.shifted).filter((window) => window >= state.oldestWindow);
    const blocks: Block[] = [];
    for (let next = 0; next < windows.length; next += concurrency) {
      const together = windows.slice(next, next + concurrency);
      const read = await Promise.all(together.map((window) => this.readWindow(nodeId, window, deadline)));
      for (const part of read.flat()) blocks.push(...decoded(part, fromMs, toMs, only));
    }
    return blocks.sort((a, b) => (a.tickTimes[0] ?? 0) - (b.tickTimes[0] ?? 0));
  }

  private async readWindow(nodeId: string, window: number, deadline: AbortSignal): Promise<readonly PartDocument[]> {
    const parts: PartDocument[] = [];
    for await (const part of this.parts.from(nodeId, window, 0)) {
      if (deadline.aborted) {
        throw new StoreUnavailableError(`the range was not read within ${rangeMs} ms; ask for a shorter one`);
      }
      parts.push(part);
    }
    return parts;
  }
}

function* decoded(part: PartDocument, fromMs: number, toMs: number, only?: ReadonlySet<number>): Generator<Block> {
  let offset = 0;
  for (const entry of part.entries) {
    const end = offset + entry.byteLength;
    if (entry.lastTickMs + part.shiftMs >= fromMs && entry.firstTickMs + part.shiftMs <= toMs) {
      yield shifted(decodeBlock(part.body.subarray(offset, end), zstd, only), part.shiftMs);
    }
    offset = end;
  }
}
