import type { PartEntry } from './schemas.ts';

/** What a block claims: these ticks, with this content. */
export interface Claim {
  readonly epoch: string;
  readonly firstSeq: number;
  readonly ticks: number;
  readonly hash: string;
}

/** Found by a tick's identity: the block that holds it. */
export type Claims = (epoch: string, seq: number) => Claim | undefined;

/**
 * - `fresh`: none of its ticks is known;
 * - `duplicate`: the same block is known, byte for byte;
 * - `conflict`: a tick of it, `seq`, is known with other content. Senders never move a block's boundaries, so a block
 *   that overlaps another without being it is a conflict too.
 */
export type Verdict = { readonly kind: 'fresh' | 'duplicate' } | { readonly kind: 'conflict'; readonly seq: number };

/** Compares a block with what is known. */
export function judge(claim: Claim, known: Claims): Verdict {
  let matches = 0;
  for (let seq = claim.firstSeq; seq < claim.firstSeq + claim.ticks; seq += 1) {
    const other = known(claim.epoch, seq);
    if (other === undefined) continue;
    const same = other.hash === claim.hash && other.firstSeq === claim.firstSeq && other.ticks === claim.ticks;
    if (!same) return { kind: 'conflict', seq };
    matches += 1;
  }
  return { kind: matches === 0 ? 'fresh' : 'duplicate' };
}

/** Blocks by the ticks that they hold. */
export class ClaimIndex {
  private readonly byTick = new Map<string, Claim>();

  readonly find: Claims = (epoch, seq) => this.byTick.get(`${epoch}/${seq}`);

  add(claim: Claim): void {
    for (let seq = claim.firstSeq; seq < claim.firstSeq + claim.ticks; seq += 1) {
      this.byTick.set(`${claim.epoch}/${seq}`, claim);
    }
  }
}

/** The stored ticks of one window of one node, and the number that its next part has. */
export class WindowIndex {
  private readonly claims = new ClaimIndex();
  private parts = 0;

  get nextPart(): number {
    return this.parts;
  }

  readonly find: Claims = (epoch, seq) => this.claims.find(epoch, seq);

  /** Adds the entries of the next part. */
  add(entries: readonly PartEntry[]): void {
    for (const entry of entries) this.claims.add(entry);
    this.parts += 1;
  }
}
