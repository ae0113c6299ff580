import { CounterWalk, type Incarnation } from './counter-walk.ts';
import { lay, type Steps } from './steps.ts';
import type { CounterTrack } from './track.ts';

/** Puts the increases of one counter on a time axis. */
export class CounterSteps implements CounterTrack {
  readonly increase: Float64Array;
  readonly coveredMs: Float64Array;
  readonly peakPerMs: Float64Array;
  readonly #steps: Steps;
  readonly #walk = new CounterWalk();

  constructor(steps: Steps) {
    this.#steps = steps;
    this.increase = new Float64Array(steps.count);
    this.coveredMs = new Float64Array(steps.count);
    this.peakPerMs = new Float64Array(steps.count).fill(NaN);
  }

  enterRun(linked: boolean): void {
    this.#walk.enterRun(linked);
  }

  take(timeMs: number, value: number, incarnation: Incarnation, gapMs: number): void {
    const walk = this.#walk;
    if (!walk.take(timeMs, value, incarnation, gapMs)) return;
    lay(this.#steps, this, walk.fromMs, walk.toMs, walk.increase);
  }
}
