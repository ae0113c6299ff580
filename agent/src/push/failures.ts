import type { Log } from '../log.ts';
import { backoffMs } from './backoff.ts';

/** Counts failures in a row, says how long to wait, and logs the first and the end of them. */
export class Failures {
  readonly #log: Log;
  readonly #random: () => number;
  readonly #addresses: number;
  #count = 0;

  /** addresses: how many are tried in turn before there is a wait. */
  constructor(addresses: number, log: Log, random: () => number) {
    this.#addresses = addresses;
    this.#log = log;
    this.#random = random;
  }

  /** Returns how long to wait before the next attempt, in ms. */
  add(message: string, retryAfterMs = 0): number {
    if (this.#count === 0) this.#log.warn('pushes fail; ticks are kept and sent later', { error: message });
    else this.#log.debug('a push failed', { error: message, failures: this.#count });
    this.#count++;
    if (this.#count % this.#addresses !== 0 && retryAfterMs === 0) return 0;
    return backoffMs(Math.ceil(this.#count / this.#addresses), this.#random, retryAfterMs);
  }

  clear(): void {
    if (this.#count > 0) this.#log.info('pushes are taken again', { failures: this.#count });
    this.#count = 0;
  }
}
