import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';

/** A wall clock that is further than this from where the epoch expects it was stepped. */
export const stepMs = 2000;

/**
 * Numbers ticks. An epoch is one run of the agent between two starts or clock steps: tick time = its start by the wall
 * clock + the monotonic clock since, so that distances between ticks are true whatever is done to the wall clock.
 */
export class Epoch {
  readonly #clock: Clock;
  #id = '';
  #startWallMs = 0;
  #startMonotonicMs = 0;
  #seq = 0;
  #lastTickMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#begin();
  }

  /** 32 hex digits. */
  get id(): string {
    return this.#id;
  }

  /** Sequence numbers given out in this epoch. */
  get collected(): number {
    return this.#seq;
  }

  /** The time of a tick that begins now, whole unix ms. Opens a new epoch if the wall clock was stepped. */
  now(): number {
    const expected = this.#expectedMs();
    if (Math.abs(this.#clock.wallMs() - expected) <= stepMs) return this.#ascending(expected);
    this.#begin();
    return this.#ascending(this.#expectedMs());
  }

  /** Gives out the next sequence numbers, dense from 1: only for ticks that were collected. */
  giveOut(ticks: number): void {
    this.#seq += ticks;
  }

  #begin(): void {
    this.#id = randomBytes(16).toString('hex');
    this.#startWallMs = this.#clock.wallMs();
    this.#startMonotonicMs = this.#clock.monotonicMs();
    this.#seq = 0;
    this.#lastTickMs = 0;
  }

  #expectedMs(): number {
    return Math.round(this.#startWallMs + this.#clock.monotonicMs() - this.#startMonotonicMs);
  }

  #ascending(timeMs: number): number {
    this.#lastTickMs = Math.max(timeMs, this.#lastTickMs + 1);
    return this.#lastTickMs;
  }
}
