import type { AgentReport, LedgerEntry } from '@docksnap/contract';
import type { AppendResult } from '../store/store.ts';

/** Epochs whose counts are kept per node: an agent reports its current one and those with something left to say. */
const mostEpochs = 1024;

/** What became of a node's ticks since this process started: its agent's account, and what was stored here. */
export class TickCounts {
  stored = 0;
  duplicate = 0;
  private readonly epochs = new Map<string, LedgerEntry>();

  add(result: AppendResult): void {
    this.stored += result.stored;
    this.duplicate += result.duplicate;
  }

  /** Counts of an epoch only grow; an epoch that is no longer reported keeps its last ones. */
  hear(report: AgentReport): void {
    for (const entry of report.ledger) this.epochs.set(entry.epoch, entry);
    for (const oldest of this.epochs.keys()) {
      if (this.epochs.size <= mostEpochs) return;
      this.epochs.delete(oldest);
    }
  }

  get collected(): number {
    return [...this.epochs.values()].reduce((sum, entry) => sum + entry.collected, 0);
  }

  /** Ticks dropped by the agent, by reason. */
  get dropped(): Readonly<Record<string, number>> {
    const sums: Record<string, number> = {};
    for (const entry of this.epochs.values()) {
      for (const [reason, count] of Object.entries(entry.dropped)) sums[reason] = (sums[reason] ?? 0) + count;
    }
    return sums;
  }
}
