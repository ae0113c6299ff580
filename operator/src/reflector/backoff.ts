import { pause } from '../pause.ts';
import type { Timers } from '../work-queue.ts';

interface Range {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** Waits that double from failure to failure, each cut at random to between half and all of it. */
export class Backoff {
  readonly #timers: Timers;
  readonly #range: Range;
  readonly #random: () => number;
  #failures = 0;

  constructor(timers: Timers, range: Range = { firstMs: 500, longestMs: 30_000 }, random = Math.random) {
    this.#timers = timers;
    this.#range = range;
    this.#random = random;
  }

  /** Forgets the failures. */
  reset(): void {
    this.#failures = 0;
  }

  /** Waits for one failure more, and as long as was asked for; not beyond an abort. */
  async wait(signal: AbortSignal, askedMs = 0): Promise<void> {
    const { firstMs, longestMs } = this.#range;
    const most = Math.min(longestMs, firstMs * 2 ** this.#failures);
    this.#failures++;
    await pause(this.#timers, Math.max(askedMs, (most * (1 + this.#random())) / 2), signal);
  }
}
