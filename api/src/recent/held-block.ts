import type { Block } from '@docksnap/contract';
import { decodeBlock, decodeBlockHeader } from '@docksnap/contract/codec';
import { zstd } from '../codec/zstd.ts';
import { type Claim, claimOf } from '../parts/claim.ts';
import type { Storable } from '../parts/new-parts.ts';
import { windowOf } from '../store/identifiers.ts';
import { shifted } from './shifted.ts';

/** A block in memory, as it was pushed: that is a tenth of what it takes decoded. */
export class HeldBlock implements Storable {
  readonly epoch: string;
  readonly firstSeq: number;
  readonly ticks: number;
  readonly hash: number;
  /** True times: by the server's clock, as far as the agent's was found to be wrong. */
  readonly firstTickMs: number;
  readonly lastTickMs: number;
  readonly window: number;
  readonly shiftMs: number;
  /** In parts, as far as this replica has seen. */
  isSealed = false;
  /** The commit of this replica's own log that holds it, or null. */
  commit: number | null = null;
  private readonly bytes: Uint8Array;

  private constructor(claim: Claim, firstTickMs: number, lastTickMs: number, shiftMs: number, bytes: Uint8Array) {
    this.epoch = claim.epoch;
    this.firstSeq = claim.firstSeq;
    this.ticks = claim.ticks;
    this.hash = claim.hash;
    this.firstTickMs = firstTickMs + shiftMs;
    this.lastTickMs = lastTickMs + shiftMs;
    this.window = windowOf(this.firstTickMs);
    this.shiftMs = shiftMs;
    this.bytes = bytes;
  }

  /** As it stands in a log. */
  static of(bytes: Uint8Array, shiftMs: number): HeldBlock {
    const header = decodeBlockHeader(bytes);
    return HeldBlock.ofBlock(header, claimOf(header, bytes), shiftMs, bytes);
  }

  /** As it was pushed. Keeps a copy of the bytes, which are a small piece of a request's body. */
  static ofBlock({ tickTimes }: Pick<Block, 'tickTimes'>, claim: Claim, shiftMs: number, bytes: Uint8Array): HeldBlock {
    const first = tickTimes[0] ?? 0;
    return new HeldBlock(claim, first, tickTimes.at(-1) ?? first, shiftMs, new Uint8Array(bytes));
  }

  get byteLength(): number {
    return this.bytes.byteLength;
  }

  get pushed(): Uint8Array {
    return this.bytes;
  }

  /** Decoded, with true times; of all metrics or of those in `only`. */
  block(only?: ReadonlySet<number>): Block {
    return shifted(decodeBlock(this.bytes, zstd, only), this.shiftMs);
  }
}
