import { Clock } from '../clock.ts';

/** A clock that a test sets. */
export class TestClock extends Clock {
  #nowMs: number;

  constructor(nowMs = Date.UTC(2026, 10, 24, 12, 0, 30)) {
    super();
    this.#nowMs = nowMs;
  }

  override nowMs(): number {
    return this.#nowMs;
  }

  advance(ms: number): void {
    this.#nowMs += ms;
  }
}
