import type { Incarnation } from './counter-walk.ts';
import { type Steps, stepOf } from './steps.ts';
import type { GaugeTrack } from './track.ts';

/** Puts the samples of one gauge on a time axis. */
export class GaugeSteps implements GaugeTrack {
  readonly counts: Float64Array;
  readonly sums: Float64Array;
  readonly mins: Float64Array;
  readonly maxs: Float64Array;
  readonly #steps: Steps;
  /** The newest sample of each step; slot 0 is the time before the axis. */
  readonly #newestMs: Float64Array;
  readonly #newest: Float64Array;
  #lastMs = NaN;
  #gapMs = 0;

  constructor(steps: Steps) {
    this.#steps = steps;
    this.counts = new Float64Array(steps.count);
    this.sums = new Float64Array(steps.count);
    this.mins = new Float64Array(steps.count).fill(NaN);
    this.maxs = new Float64Array(steps.count).fill(NaN);
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
    if (index >= 0) this.#count(index, value);
  }

  get lasts(): Float64Array {
    const lasts = new Float64Array(this.#steps.count);
    let heldMs = this.#newestMs[0] ?? -Infinity;
    let held = this.#newest[0] ?? NaN;
    for (let index = 0; index < lasts.length; index += 1) {
      const isFresh = (this.counts[index] ?? 0) > 0;
      if (isFresh) {
        heldMs = this.#newestMs[index + 1] ?? heldMs;
        held = this.#newest[index + 1] ?? held;
      }
      const endMs = this.#steps.fromMs + (index + 1) * this.#steps.stepMs;
      lasts[index] = isFresh || endMs - heldMs <= this.#gapMs ? held : NaN;
    }
    return lasts;
  }

  #count(index: number, value: number): void {
    this.sums[index] = (this.sums[index] ?? 0) + value;
    this.counts[index] = (this.counts[index] ?? 0) + 1;
    if (!((this.mins[index] ?? NaN) <= value)) this.mins[index] = value;
    if (!((this.maxs[index] ?? NaN) >= value)) this.maxs[index] = value;
  }
}
