import type { LedgerEntry } from '@docksnap/contract';
import type { Claim } from '../parts/claim.ts';
import { type FlatRanges, SeqRanges } from './seq-ranges.ts';

/** Epochs kept per node: an agent reports its current one and those with something left to say. */
const mostEpochs = 1024;

/** What is kept of an epoch: what its agent said, and which of its ticks are stored. */
export interface EpochAccount extends LedgerEntry {
  readonly stored: FlatRanges;
}

interface Kept {
  said: LedgerEntry;
  readonly stored: SeqRanges;
}

/** What became of a node's ticks, epoch by epoch, those of agents that are gone included. */
export class NodeLedger {
  /** Ticks that came again, since this process began. */
  duplicate = 0;
  private readonly byEpoch = new Map<string, Kept>();

  /** Takes what an agent says of its ticks. Counts only grow; an epoch that is no longer reported keeps its last ones. */
  hear(entries: readonly LedgerEntry[]): void {
    for (const entry of entries) {
      const kept = this.open(entry.epoch);
      if (kept.said.collected <= entry.collected) kept.said = entry;
    }
  }

  /** Counts the ticks of a block that is stored. */
  store({ epoch, firstSeq, ticks }: Claim): void {
    this.open(epoch).stored.add(firstSeq, firstSeq + ticks - 1);
  }

  /** Adds what another replica, or this one at another time, knew. */
  merge(accounts: readonly EpochAccount[]): void {
    for (const { stored, ...said } of accounts) {
      this.hear([said]);
      this.open(said.epoch).stored.addAll(stored);
    }
  }

  get accounts(): EpochAccount[] {
    return [...this.byEpoch.values()].map(({ said, stored }) => ({ ...said, stored: stored.flat }));
  }

  get collected(): number {
    return this.accounts.reduce((sum, { collected }) => sum + collected, 0);
  }

  /** Distinct ticks that are stored. */
  get stored(): number {
    return [...this.byEpoch.values()].reduce((sum, { stored }) => sum + stored.size, 0);
  }

  /** Ticks given up, by reason. */
  get dropped(): Readonly<Record<string, number>> {
    const sums: Record<string, number> = {};
    for (const { dropped } of this.accounts) {
      for (const [reason, count] of Object.entries(dropped)) sums[reason] = (sums[reason] ?? 0) + count;
    }
    return sums;
  }

  private open(epoch: string): Kept {
    const known = this.byEpoch.get(epoch);
    if (known !== undefined) return known;
    const kept = { said: { epoch, collected: 0, dropped: {} }, stored: new SeqRanges() };
    this.byEpoch.set(epoch, kept);
    for (const oldest of this.byEpoch.keys()) {
      if (this.byEpoch.size <= mostEpochs) break;
      this.byEpoch.delete(oldest);
    }
    return kept;
  }
}
