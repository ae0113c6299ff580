import type { Block, LedgerAnswer } from '@docksnap/contract';

const listedMissing = 1000;

/** Counts the distinct ticks of each epoch, and names the sequence numbers between the first and last that lack. */
export function epochsOf(blocks: readonly Block[]): LedgerAnswer['epochs'] {
  const ticksByEpoch = new Map<string, Map<number, number>>();
  for (const block of blocks) {
    const ticks = ticksByEpoch.get(block.epoch) ?? new Map<number, number>();
    ticksByEpoch.set(block.epoch, ticks);
    block.tickTimes.forEach((tickMs, index) => ticks.set(block.firstSeq + index, tickMs));
  }
  return [...ticksByEpoch].map(([epoch, ticks]) => {
    const ascending = [...ticks.keys()].sort((a, b) => a - b);
    const firstSeq = ascending[0] ?? 0;
    const lastSeq = ascending.at(-1) ?? 0;
    return {
      epoch,
      firstSeq,
      lastSeq,
      stored: ticks.size,
      missing: missingIn(ticks, firstSeq, lastSeq),
      firstTickMs: ticks.get(firstSeq) ?? 0,
      lastTickMs: ticks.get(lastSeq) ?? 0,
    };
  });
}

function missingIn(ticks: ReadonlyMap<number, number>, firstSeq: number, lastSeq: number): number[] {
  const missing: number[] = [];
  for (let seq = firstSeq; seq <= lastSeq && missing.length < listedMissing; seq += 1) {
    if (!ticks.has(seq)) missing.push(seq);
  }
  return missing;
}
