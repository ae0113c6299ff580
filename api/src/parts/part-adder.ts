import { mergeBlocks } from '@docksnap/contract/codec';
import { Injectable } from '@nestjs/common';
import { DirtyWindows } from '../tiers/dirty-windows.ts';
import { partId } from '../store/identifiers.ts';
import { type Claim, ClaimIndex } from './claim.ts';
import { dayOf, Days } from './days.ts';
import { partOf, portionOf, type Storable } from './new-parts.ts';
import { unpackClaims } from './packed-claims.ts';
import { RawWindows } from './raw-windows.ts';

/** What became of blocks: each is in exactly one of these, and those of `stored` and `duplicate` are in parts. */
export interface Added<S extends Claim> {
  readonly stored: readonly S[];
  readonly duplicate: readonly S[];
  /** Blocks with a tick that is there with other content, or as part of another block. */
  readonly conflicts: readonly S[];
}

/**
 * Puts blocks into a window's parts, each exactly once, whoever else does the same at the same time: a part is inserted
 * under the number that follows those which were read, and an insert that finds its number taken reads on. So no block
 * of a part is in any part before it. A crash at any point leaves whole parts, of which DirtyWindows knows.
 */
@Injectable()
export class PartAdder {
  constructor(
    private readonly windows: RawWindows,
    private readonly days: Days,
    private readonly dirty: DirtyWindows,
  ) {}

  /** Resolves when all are stored that can be. Rejects with StoreUnavailableError: do it again, from the start. */
  async add<S extends Storable>(nodeId: string, window: number, blocks: readonly S[]): Promise<Added<S>> {
    const stored: S[] = [];
    const duplicate: S[] = [];
    const conflicts: S[] = [];
    const index = new ClaimIndex();
    let nextPart = await this.readOn(nodeId, window, 0, index);
    let rest = sift(blocks);
    while (rest.length > 0) {
      const portion = portionOf(rest);
      if (await this.insert(nodeId, window, nextPart, portion)) {
        nextPart += 1;
        stored.push(...portion);
        rest = rest.filter((block) => !portion.includes(block));
      } else {
        nextPart = await this.readOn(nodeId, window, nextPart, index);
        rest = sift(rest);
      }
    }
    return { stored, duplicate, conflicts };

    /** Puts aside what is known, and what comes twice; returns the rest. */
    function sift(some: readonly S[]): readonly S[] {
      const given = new ClaimIndex();
      return some.filter((block) => {
        const [known, twice] = [index.judge(block).kind, given.judge(block).kind];
        if (known === 'conflict' || twice === 'conflict') conflicts.push(block);
        else if (known === 'duplicate' || twice === 'duplicate') duplicate.push(block);
        else given.add(block);
        return known === 'fresh' && twice === 'fresh';
      });
    }
  }

  /** What a window's parts hold. */
  async claims(nodeId: string, window: number): Promise<ClaimIndex> {
    const index = new ClaimIndex();
    await this.readOn(nodeId, window, 0, index);
    return index;
  }

  /** False when that number is taken. */
  private async insert(nodeId: string, window: number, part: number, portion: readonly Storable[]): Promise<boolean> {
    await this.days.open(nodeId, window);
    const merged = mergeBlocks(portion.map((block) => block.block()));
    const base = await this.windows.rosters.baseFor(nodeId, dayOf(window), merged);
    const document = partOf(partId(nodeId, window, part), portion, merged, base);
    await this.dirty.mark(nodeId, window, part);
    if (!(await this.windows.insert(document))) return false;
    // Somebody may have removed the day meanwhile: then nobody could read the part, or find it to remove it.
    if (base !== undefined) await this.windows.rosters.restore(nodeId, dayOf(window), base);
    await this.days.open(nodeId, window);
    return true;
  }

  /** Adds the parts from a number on to what is known, and returns the number of the next. */
  private async readOn(nodeId: string, window: number, first: number, index: ClaimIndex): Promise<number> {
    let next = first;
    for await (const { entries } of this.windows.heads(nodeId, window, first)) {
      for (const claim of entries.flatMap(unpackClaims)) index.add(claim);
      next += 1;
    }
    return next;
  }
}
