import type { Entity } from '@docksnap/contract';

/** What tells one start of a container (or boot of a node) from the next. */
export type Incarnation = Pick<Entity, 'runtimeId' | 'startedAtMs'>;

/**
 * The one place where a counter becomes increases. Fed one counter's samples in the order of their runs, it says by
 * how much the counter grew since the sample before, and over which time:
 * - within an incarnation: the difference, since the last sample. A fall is a reset: the new value, since the last
 *   sample;
 * - a new incarnation counts from 0 at its start; where the start is not known, from the sample before;
 * - samples further apart than the gap limit say nothing of the time between them;
 * - a fall from one run to the next is two clocks that disagree, not a reset: it says nothing.
 */
export class CounterWalk {
  /** The newest interval, unix ms, and the increase in it: what `take` found when it answered true. */
  fromMs = NaN;
  toMs = NaN;
  increase = NaN;

  #lastMs = NaN;
  #lastValue = NaN;
  #last: Incarnation | undefined;
  #runChanged = false;

  /** Another run begins; unless it is linked, its first sample has nothing before it. */
  enterRun(linked: boolean): void {
    if (linked) this.#runChanged = true;
    else {
      this.#lastMs = NaN;
      this.#lastValue = NaN;
      this.#last = undefined;
    }
  }

  /** Takes the next sample; true when it closed an interval. A sample that is not newer than the last is no news. */
  take(timeMs: number, value: number, incarnation: Incarnation, gapMs: number): boolean {
    if (timeMs <= this.#lastMs) return false;
    const same = this.#last !== undefined && isSame(this.#last, incarnation);
    const clocksDisagree = same && this.#runChanged && value < this.#lastValue;
    this.fromMs = same ? this.#lastMs : baselineMs(this.#lastMs, incarnation.startedAtMs);
    this.toMs = timeMs;
    this.increase = same && value >= this.#lastValue ? value - this.#lastValue : value;
    this.#lastMs = timeMs;
    this.#lastValue = value;
    this.#last = incarnation;
    this.#runChanged = false;
    return !clocksDisagree && timeMs > this.fromMs && timeMs - this.fromMs <= gapMs;
  }
}

function isSame(one: Incarnation, other: Incarnation): boolean {
  if (one === other) return true;
  if (one.runtimeId !== other.runtimeId) return false;
  // A runtime id names one start; the time beside it may be told more exactly later.
  return one.runtimeId !== '' || one.startedAtMs === other.startedAtMs;
}

/** When a new incarnation's counter was 0: its start, never before the last sample of the one before it; else NaN. */
function baselineMs(lastMs: number, startedAtMs: number): number {
  if (startedAtMs === 0) return lastMs;
  return Number.isNaN(lastMs) ? startedAtMs : Math.max(lastMs, startedAtMs);
}
