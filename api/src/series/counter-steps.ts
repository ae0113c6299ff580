import { CounterWalk, type Incarnation } from './counter-walk.ts';
import { spread, type Steps } from './steps.ts';

/** One counter on a time axis: per step its increase, and the time of the step that its intervals cover. */
export class CounterSteps {
  readonly increase: Float64Array;
  readonly coveredMs: Float64Array;
  readonly #steps: Steps;
  readonly #walk = new CounterWalk();

  constructor(steps: Steps) {
    this.#steps = steps;
    this.increase = new Float64Array(steps.count);
    this.coveredMs = new Float64Array(steps.count);
  }

  enterRun(linked: boolean): void {
    this.#walk.enterRun(linked);
  }

  take(timeMs: number, value: number, incarnation: Incarnation, gapMs: number): void {
    const walk = this.#walk;
    if (!walk.take(timeMs, value, incarnation, gapMs)) return;
    spread(this.#steps, this.increase, walk.fromMs, walk.toMs, walk.increase);
    spread(this.#steps, this.coveredMs, walk.fromMs, walk.toMs, walk.toMs - walk.fromMs);
  }
}
