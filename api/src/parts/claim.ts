import { createHash } from 'node:crypto';
import type { Block } from '@docksnap/contract';

/** What a block claims, as it was pushed: these ticks, with this content. Senders never move a block's boundaries. */
export interface Claim {
  readonly epoch: string;
  readonly firstSeq: number;
  readonly ticks: number;
  /** The first 48 bits of the SHA-256 of the block's bytes. */
  readonly hash: number;
}

export const hashBytes = 6;

/** What a block says of its ticks. */
type Ticks = Pick<Block, 'epoch' | 'firstSeq' | 'tickTimes'>;

/** The claim of a block that was pushed as these bytes. */
export function claimOf({ epoch, firstSeq, tickTimes }: Ticks, bytes: Uint8Array): Claim {
  const hash = createHash('sha256').update(bytes).digest().readUIntBE(0, hashBytes);
  return { epoch, firstSeq, ticks: tickTimes.length, hash };
}

/**
 * - `fresh`: none of its ticks is known;
 * - `duplicate`: the same block is known, byte for byte;
 * - `conflict`: a tick of it, `seq`, is known with other content, or as part of another block.
 */
export type Verdict = { readonly kind: 'fresh' | 'duplicate' } | { readonly kind: 'conflict'; readonly seq: number };

/** Blocks by the ticks that they hold. */
export class ClaimIndex<C extends Claim = Claim> {
  private readonly byEpoch = new Map<string, Map<number, C>>();

  find(epoch: string, seq: number): C | undefined {
    return this.byEpoch.get(epoch)?.get(seq);
  }

  add(claim: C): void {
    const bySeq = this.byEpoch.get(claim.epoch) ?? new Map<number, C>();
    this.byEpoch.set(claim.epoch, bySeq);
    for (let seq = claim.firstSeq; seq < claim.firstSeq + claim.ticks; seq += 1) bySeq.set(seq, claim);
  }

  remove(claim: C): void {
    const bySeq = this.byEpoch.get(claim.epoch);
    for (let seq = claim.firstSeq; seq < claim.firstSeq + claim.ticks; seq += 1) bySeq?.delete(seq);
    if (bySeq?.size === 0) this.byEpoch.delete(claim.epoch);
  }

  /** Compares a block with those that are known. */
  judge(claim: Claim): Verdict {
    let matches = 0;
    for (let seq = claim.firstSeq; seq < claim.firstSeq + claim.ticks; seq += 1) {
      const other = this.find(claim.epoch, seq);
      if (other === undefined) continue;
      const same = other.hash === claim.hash && other.firstSeq === claim.firstSeq && other.ticks === claim.ticks;
      if (!same) return { kind: 'conflict', seq };
      matches += 1;
    }
    return { kind: matches === 0 ? 'fresh' : 'duplicate' };
  }
}
