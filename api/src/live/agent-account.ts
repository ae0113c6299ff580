import type { LedgerEntry } from '@docksnap/contract';

/** Epochs whose counts are kept per node: an agent reports its current one and those with something left to say. */
const mostEpochs = 1024;

/** What a node's agents have said of their ticks, epoch by epoch, those of agents that are gone included. */
export class AgentAccount {
  private readonly byEpoch = new Map<string, LedgerEntry>();

  /** Counts of an epoch only grow; an epoch that is no longer reported keeps its last ones. */
  hear(entries: readonly LedgerEntry[]): void {
    for (const entry of entries) {
      const known = this.byEpoch.get(entry.epoch);
      if (known === undefined || known.collected <= entry.collected) this.byEpoch.set(entry.epoch, entry);
    }
    for (const oldest of this.byEpoch.keys()) {
      if (this.byEpoch.size <= mostEpochs) return;
      this.byEpoch.delete(oldest);
    }
  }

  get epochs(): readonly LedgerEntry[] {
    return [...this.byEpoch.values()];
  }

  get collected(): number {
    return this.epochs.reduce((sum, entry) => sum + entry.collected, 0);
  }

  /** Ticks given up, by reason. */
  get dropped(): Readonly<Record<string, number>> {
    const sums: Record<string, number> = {};
    for (const entry of this.epochs) {
      for (const [reason, count] of Object.entries(entry.dropped)) sums[reason] = (sums[reason] ?? 0) + count;
    }
    return sums;
  }
}
