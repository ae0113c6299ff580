import { type Claim, ClaimIndex } from '../parts/claim.ts';
import { TickConflictError } from '../store/store.ts';

/** Knows blocks by their claims. */
interface Judge {
  judge(claim: Claim): ReturnType<ClaimIndex['judge']>;
}

/** Those that are not known, and those that are, or come twice. Throws TickConflictError. */
export function sift<C extends Claim>(nodeId: string, blocks: readonly C[], known: Judge) {
  const given = new ClaimIndex();
  const fresh: C[] = [];
  const duplicate: C[] = [];
  for (const block of blocks) {
    const verdicts = [known.judge(block), given.judge(block)];
    const conflict = verdicts.find((verdict) => verdict.kind === 'conflict');
    if (conflict !== undefined) throw new TickConflictError(nodeId, block.epoch, conflict.seq);
    const isKnown = verdicts.some(({ kind }) => kind === 'duplicate');
    (isKnown ? duplicate : fresh).push(block);
    given.add(block);
  }
  return { fresh, duplicate };
}

export function ticksOf(blocks: readonly Claim[]): number {
  return blocks.reduce((sum, { ticks }) => sum + ticks, 0);
}
