import type { Block } from '@docksnap/contract';
import type { Roster } from '@docksnap/contract/codec';
import { decodeBlock } from '@docksnap/contract/codec';
import { zstd } from '../codec/zstd.ts';
import type { Claim } from '../parts/claim.ts';
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
  private readonly roster: Roster | undefined;

  private constructor(
    claim: Claim,
    { firstTickMs, lastTickMs, shiftMs }: { firstTickMs: number; lastTickMs: number; shiftMs: number },
    bytes: Uint8Array,
    roster: Roster | undefined,
  ) {
    this.epoch = claim.epoch;
    this.firstSeq = claim.firstSeq;
    this.ticks = claim.ticks;
    this.hash = claim.hash;
    this.firstTickMs = firstTickMs + shiftMs;
    this.lastTickMs = lastTickMs + shiftMs;
    this.window = windowOf(this.firstTickMs);
    this.shiftMs = shiftMs;
    this.bytes = bytes;
    this.roster = roster;
  }

  /**
   * As it was pushed, with the roster that it names. Keeps a copy of the bytes, which are a small piece of a request's
   * body.
   */
  static ofBlock(
    { tickTimes }: Pick<Block, 'tickTimes'>,
    claim: Claim,
    shiftMs: number,
    bytes: Uint8Array,
    roster?: Roster,
  ): HeldBlock {
    const [firstTickMs = 0] = tickTimes;
    const times = { firstTickMs, lastTickMs: tickTimes.at(-1) ?? firstTickMs, shiftMs };
    return new HeldBlock(claim, times, new Uint8Array(bytes), roster);
  }

  get byteLength(): number {
    return this.bytes.byteLength;
  }

  get pushed(): Uint8Array {
    return this.bytes;
  }

  /** Decoded, with true times; of all metrics or of those in `only`. */
  block(only?: ReadonlySet<number>): Block {
    return shifted(
      decodeBlock(this.bytes, zstd, only, () => this.roster),
      this.shiftMs,
    );
  }
}
