import type { Block } from '@docksnap/contract';
import { type Claim, ClaimIndex, type Verdict } from '../parts/claim.ts';
import { chunkOf, DecodedChunks } from './decoded-chunks.ts';
import type { HeldBlock } from './held-block.ts';

/** What memory holds of each node, in ms: what pages, streams and short ranges are answered from. */
export const memoryMs = 15 * 60 * 1000;
/** How far back memory has all that came: series of the last 15 minutes begin with the samples before them. */
export const reachMs = memoryMs + 60_000;
/** How much longer blocks are held than that: nobody reads what is just being let go of. */
const graceMs = 60_000;
/** Ticks held per node at most, besides those that are not sealed: 15 minutes of one-second samples, and some more. */
export const mostTicks = 1200;

/** One node's blocks in memory: those of the last 15 minutes, and older ones until they are in parts. */
export class NodeTicks {
  /** Ascending by first tick. */
  private held: HeldBlock[] = [];
  private readonly index = new ClaimIndex<HeldBlock>();
  private readonly number: number;

  constructor(private readonly chunks = new DecodedChunks()) {
    this.number = chunks.nextNode();
  }

  get count(): number {
    return this.held.length;
  }

  judge(claim: Claim): Verdict {
    return this.index.judge(claim);
  }

  /** The block that holds this one's first tick, if there is one. */
  find(claim: Claim): HeldBlock | undefined {
    return this.index.find(claim.epoch, claim.firstSeq);
  }

  /** Takes a block; false when a tick of it is there already. */
  add(block: HeldBlock): boolean {
    if (this.index.judge(block).kind !== 'fresh') return false;
    this.index.add(block);
    const before = this.held.findLastIndex(({ firstTickMs }) => firstTickMs <= block.firstTickMs);
    this.held.splice(before + 1, 0, block);
    return true;
  }

  /** Blocks with ticks in [fromMs, toMs], ascending. */
  within(fromMs: number, toMs: number): readonly HeldBlock[] {
    return this.held.filter(({ firstTickMs, lastTickMs }) => lastTickMs >= fromMs && firstTickMs <= toMs);
  }

  /**
   * Blocks with ticks in [fromMs, toMs], decoded, ascending. Of all metrics each as it was pushed; of some of them many
   * as one, with ticks beside the range: those are kept decoded, for they are asked for again and again.
   */
  read(fromMs: number, toMs: number, only?: ReadonlySet<number>): readonly Block[] {
    return this.decoded(this.touched(fromMs, toMs, only), only);
  }

  /** The blocks that such a read gives. */
  touched(fromMs: number, toMs: number, only?: ReadonlySet<number>): readonly HeldBlock[] {
    return only === undefined ? this.within(fromMs, toMs) : this.inChunks(fromMs, toMs);
  }

  /** Some of the blocks, decoded in the same way. */
  decoded(held: readonly HeldBlock[], only?: ReadonlySet<number>): readonly Block[] {
    return only === undefined ? held.map((block) => block.block()) : this.chunks.read(this.number, held, only);
  }

  /** The blocks of all chunks that a range touches: whatever the range, a chunk is made of the same ones. */
  private inChunks(fromMs: number, toMs: number): readonly HeldBlock[] {
    const touched = new Set(this.within(fromMs, toMs).map(chunkOf));
    return this.held.filter((block) => touched.has(chunkOf(block)));
  }

  /** What is not known to be in parts, by window. */
  unsealed(): ReadonlyMap<number, readonly HeldBlock[]> {
    return Map.groupBy(
      this.held.filter(({ isSealed }) => !isSealed),
      ({ window }) => window,
    );
  }

  /** The oldest commit of this replica's log with a block that is not known to be in parts, or null. */
  oldestUnsealedCommit(): number | null {
    let oldest: number | null = null;
    for (const { isSealed, commit } of this.held) {
      if (!isSealed && commit !== null && (oldest === null || commit < oldest)) oldest = commit;
    }
    return oldest;
  }

  /** Lets go of what is older than 15 minutes, or too much, and in parts. */
  forget(nowMs: number): void {
    let ticks = 0;
    const kept: HeldBlock[] = [];
    for (const block of this.held.toReversed()) {
      ticks += block.ticks;
      const isWanted = block.lastTickMs >= nowMs - reachMs - graceMs && ticks <= mostTicks;
      if (isWanted || !block.isSealed) kept.push(block);
      else this.index.remove(block);
    }
    this.held = kept.reverse();
  }
}
