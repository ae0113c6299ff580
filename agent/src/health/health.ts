import type { Clock } from '../epoch/clock.ts';

/**
 * Alive: the loop turns, whatever the source says, for a restart would not help that. Ready: the source was read
 * lately.
 */
export class Health {
  readonly #clock: Clock;
  readonly #patienceMs: number;
  #turnedMs: number;
  #collectedMs = -Infinity;
  #collectedTicks = 0;

  /** timeoutMs: of one page; a tick may wait for three. */
  constructor(clock: Clock, intervalMs: number, timeoutMs: number) {
    this.#clock = clock;
    this.#patienceMs = 1.5 * intervalMs + 3 * timeoutMs;
    this.#turnedMs = clock.monotonicMs();
  }

  /** Ticks collected since this process began. */
  get collectedTicks(): number {
    return this.#collectedTicks;
  }

  /** The loop turned once more, and collected so many ticks. */
  turned(ticks: number): void {
    this.#turnedMs = this.#clock.monotonicMs();
    if (ticks === 0) return;
    this.#collectedMs = this.#turnedMs;
    this.#collectedTicks += ticks;
  }

  isAlive(): boolean {
    return this.#clock.monotonicMs() - this.#turnedMs <= this.#patienceMs;
  }

  isReady(): boolean {
    return this.#clock.monotonicMs() - this.#collectedMs <= this.#patienceMs;
  }
}
