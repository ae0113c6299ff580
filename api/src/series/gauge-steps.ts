import type { Incarnation } from './counter-walk.ts';
import { type Steps, stepOf } from './steps.ts';

/** One gauge on a time axis: the mean of a step's samples, else the last sample before, within the gap limit. */
export class GaugeSteps {
  readonly #steps: Steps;
  readonly #sums: Float64Array;
  readonly #counts: Float64Array;
  /** The newest sample of each step; slot 0 is the time before the axis. */
  readonly #newestMs: Float64Array;
  readonly #newest: Float64Array;
  #lastMs = NaN;
  #gapMs = 0;

  constructor(steps: Steps) {
    this.#steps = steps;
    this.#sums = new Float64Array(steps.count);
    this.#counts = new Float64Array(steps.count);
    this.#newestMs = new Float64Array(steps.count + 1).fill(-Infinity);
    this.#newest = new Float64Array(steps.count + 1).fill(NaN);
  }

  enterRun(linked: boolean): void {
    if (!linked) this.#lastMs = NaN;
  }

  /** Takes the next sample; one that is not newer than the last of its run is no news. */
  take(timeMs: number, value: number, _incarnation: Incarnation, gapMs: number): void {
    if (timeMs <= this.#lastMs) return;
    this.#lastMs = timeMs;
    this.#gapMs = gapMs;
    const index = stepOf(this.#steps, timeMs);
    if (index >= this.#steps.count) return;
    const slot = Math.max(0, index + 1);
    if (timeMs >= (this.#newestMs[slot] ?? Infinity)) {
      this.#newestMs[slot] = timeMs;
      this.#newest[slot] = value;
    }
    if (index < 0) return;
    this.#sums[index] = (this.#sums[index] ?? 0) + value;
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
  }

  /** One value per step; NaN where nothing is known. */
  values(): Float64Array {
    const values = new Float64Array(this.#steps.count);
    let heldMs = this.#newestMs[0] ?? -Infinity;
    let held = this.#newest[0] ?? NaN;
    for (let index = 0; index < values.length; index += 1) {
      const count = this.#counts[index] ?? 0;
      if (count > 0) {
        values[index] = (this.#sums[index] ?? 0) / count;
        heldMs = this.#newestMs[index + 1] ?? heldMs;
        held = this.#newest[index + 1] ?? held;
      } else {
        const endMs = this.#steps.fromMs + (index + 1) * this.#steps.stepMs;
        values[index] = endMs - heldMs <= this.#gapMs ? held : NaN;
      }
    }
    return values;
  }
}
