import type { DropReason, LedgerEntry } from '@docksnap/contract';
import { integerOf, objectOf, objectsOf } from '../json.ts';
import type { Ranges } from './ranges.ts';
import { addRange } from './ranges.ts';

export const dropReasons: readonly DropReason[] = [
  'buffer_full',
  'too_old',
  'lost_spool',
  'corrupt_record',
  'rejected',
];

/** Epochs kept: the contract's report takes 1,024, and one is made per start. */
const epochsKept = 256;

interface Account {
  collected: number;
  readonly dropped: Map<DropReason, number>;
  /** Which ticks are counted as dropped: none is counted twice, by whatever way it is found again. */
  lost: Ranges;
}

/**
 * The account of every epoch: ticks collected, and ticks dropped by reason. What is neither dropped nor still spooled
 * has been acknowledged: collected = stored + dropped + backlog.
 */
export class Ledger {
  readonly #accounts = new Map<string, Account>();
  /** Since this process began, forgotten epochs included. */
  readonly #dropTotals = new Map<DropReason, number>();

  /** Ticks counted as dropped since this process began, by reason. */
  get dropTotals(): ReadonlyMap<DropReason, number> {
    return this.#dropTotals;
  }

  collected(epoch: string): number {
    return this.#accounts.get(epoch)?.collected ?? 0;
  }

  /** Notes that sequence numbers up to seq were given out. */
  collect(epoch: string, seq: number): void {
    const account = this.#account(epoch);
    account.collected = Math.max(account.collected, seq);
  }

  /** Counts ticks first..last as dropped, each once. Returns how many were not counted before. */
  drop(epoch: string, first: number, last: number, reason: DropReason): number {
    const account = this.#account(epoch);
    const { ranges, added } = addRange(account.lost, first, last);
    account.lost = ranges;
    account.collected = Math.max(account.collected, last);
    if (added === 0) return 0;
    account.dropped.set(reason, (account.dropped.get(reason) ?? 0) + added);
    this.#dropTotals.set(reason, (this.#dropTotals.get(reason) ?? 0) + added);
    return added;
  }

  /** Forgets epochs that are over, lost nothing and have nothing left to send; and the oldest beyond the bound. */
  prune(isNeeded: (epoch: string) => boolean): void {
    for (const [epoch, account] of this.#accounts) {
      if (isNeeded(epoch)) continue;
      if (account.dropped.size === 0 || this.#accounts.size > epochsKept) this.#accounts.delete(epoch);
    }
  }

  /** As reported. */
  entries(): LedgerEntry[] {
    return [...this.#accounts].map(([epoch, { collected, dropped }]) => ({
      epoch,
      collected,
      dropped: Object.fromEntries(dropped),
    }));
  }

  toJson(): string {
    return JSON.stringify(
      [...this.#accounts].map(([epoch, { collected, dropped, lost }]) => ({
        epoch,
        collected,
        dropped: Object.fromEntries(dropped),
        lost,
      })),
    );
  }

  /** Takes over an account that toJson wrote. */
  restore(json: string): void {
    this.#accounts.clear();
    for (const entry of objectsOf(JSON.parse(json))) {
      const dropped = objectOf(entry['dropped']);
      this.#accounts.set(String(entry['epoch']), {
        collected: integerOf(entry['collected']) ?? 0,
        dropped: new Map(
          dropReasons
            .map((reason) => [reason, integerOf(dropped[reason]) ?? 0] as const)
            .filter(([, count]) => count > 0),
        ),
        lost: rangesOf(entry['lost']),
      });
    }
  }

  #account(epoch: string): Account {
    const known = this.#accounts.get(epoch);
    if (known !== undefined) return known;
    const account: Account = { collected: 0, dropped: new Map(), lost: [] };
    this.#accounts.set(epoch, account);
    return account;
  }
}

function rangesOf(value: unknown): Ranges {
  if (!Array.isArray(value)) return [];
  return value
    .filter((pair): pair is [number, number] => Array.isArray(pair) && pair.length === 2)
    .filter((pair) => pair.every((each) => Number.isSafeInteger(each)));
}
