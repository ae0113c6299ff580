import { Injectable } from '@nestjs/common';
import { Clock } from '../../clock.ts';

/** Why a read token was refused: not of its form, of no token that is there, with a wrong secret, or too old. */
export type Refusal = 'malformed' | 'unknown' | 'wrong' | 'expired' | 'too_many';

export const refusalLimits = {
  windowMs: 60_000,
  /** Refused tokens per address and window; a scraper whose token expired comes four times a minute. */
  perAddress: 60,
  /** Addresses that are counted apart; in a window with more of them all are slowed down together. */
  addresses: 10_000,
} as const;

/** Counts refused read tokens, for the process's metrics and to slow down who tries many. */
@Injectable()
export class RefusedTokens {
  readonly totals = new Map<Refusal, number>();
  private window = 0;
  private byAddress = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  count(reason: Refusal, address: string): void {
    this.totals.set(reason, (this.totals.get(reason) ?? 0) + 1);
    const counted = this.inThisWindow();
    const key = counted.has(address) || counted.size < refusalLimits.addresses ? address : '';
    counted.set(key, (counted.get(key) ?? 0) + 1);
  }

  /** How many seconds an address has to wait before a token that is not known here is looked at, or 0. */
  waitSeconds(address: string): number {
    const counted = this.inThisWindow();
    const tried = counted.get(address) ?? counted.get('') ?? 0;
    if (tried < refusalLimits.perAddress) return 0;
    return Math.ceil(((this.window + 1) * refusalLimits.windowMs - this.clock.nowMs()) / 1000);
  }

  private inThisWindow(): Map<string, number> {
    const window = Math.floor(this.clock.nowMs() / refusalLimits.windowMs);
    if (window !== this.window) this.byAddress = new Map();
    this.window = window;
    return this.byAddress;
  }
}
