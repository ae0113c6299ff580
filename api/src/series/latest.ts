import {
  type Block,
  type Entity,
  gapMs,
  type Group,
  intervalOf,
  metricByName,
  type MetricName,
} from '@docksnap/contract';
import { CounterWalk } from './counter-walk.ts';

/** An entity's newest values: rates between its last two samples; null when unknown or beyond the gap limit. */
export interface Latest {
  readonly cpuCores: number | null;
  readonly workingSetBytes: number | null;
  readonly throttledRatio: number | null;
  readonly lastSampleMs: number | null;
}

export const nothing: Latest = { cpuCores: null, workingSetBytes: null, throttledRatio: null, lastSampleMs: null };

const id = (name: MetricName): number => metricByName(name)?.id ?? NaN;
const cpuUsage = id('cpuUsageMicros');
const workingSet = id('workingSetBytes');
const periods = id('cpuPeriods');
const throttled = id('cpuThrottledPeriods');

/** The metrics that newest values follow from. */
export const latestMetrics: ReadonlySet<number> = new Set([cpuUsage, workingSet, periods, throttled]);

/** The last interval of one counter. */
class LastInterval {
  readonly #walk = new CounterWalk();
  #increase = NaN;
  #fromMs = NaN;
  #toMs = NaN;
  #gapMs = NaN;

  enterRun(linked: boolean): void {
    this.#walk.enterRun(linked);
  }

  take(timeMs: number, value: number, entity: Entity, gap: number): void {
    // Of clocks that overlap the one that is ahead has the newest sample.
    if (!this.#walk.take(timeMs, value, entity, gap) || this.#walk.toMs < this.#toMs) return;
    this.#increase = this.#walk.increase;
    this.#fromMs = this.#walk.fromMs;
    this.#toMs = this.#walk.toMs;
    this.#gapMs = gap;
  }

  /** NaN when it ended longer before that time than the gap limit. */
  increaseAt(nowMs: number): number {
    return nowMs - this.#toMs <= this.#gapMs ? this.#increase : NaN;
  }

  get seconds(): number {
    return (this.#toMs - this.#fromMs) / 1000;
  }
}

/** The newest samples of one entity, fed block by block in the order of their runs. */
export class NewestSamples {
  readonly #cpu = new LastInterval();
  readonly #periods = new LastInterval();
  readonly #throttled = new LastInterval();
  #bytes = NaN;
  #bytesMs = -Infinity;
  #bytesGapMs = NaN;
  #lastMs = -Infinity;

  get lastMs(): number {
    return this.#lastMs;
  }

  enterRun(linked: boolean): void {
    this.#cpu.enterRun(linked);
    this.#periods.enterRun(linked);
    this.#throttled.enterRun(linked);
  }

  take(block: Block, group: Group, entity: Entity): void {
    const gap = gapMs(intervalOf(block, group));
    const { ages, columns } = group;
    for (let tick = 0; tick < ages.length; tick += 1) {
      const sampleMs = (block.tickTimes[tick] ?? NaN) - (ages[tick] ?? NaN);
      if (Number.isNaN(sampleMs)) continue;
      if (sampleMs > this.#lastMs) this.#lastMs = sampleMs;
      for (const { metric, values } of columns) {
        const value = values[tick] ?? NaN;
        if (!Number.isNaN(value)) this.#sample(metric, sampleMs, value, entity, gap);
      }
    }
  }

  /** The values that hold at a time, unix ms. */
  at(nowMs: number): Latest {
    return {
      cpuCores: known((this.#cpu.increaseAt(nowMs) * 1e-6) / this.#cpu.seconds),
      workingSetBytes: nowMs - this.#bytesMs <= this.#bytesGapMs ? this.#bytes : null,
      throttledRatio: known(this.#throttled.increaseAt(nowMs) / this.#periods.increaseAt(nowMs)),
      lastSampleMs: known(this.#lastMs),
    };
  }

  #sample(metric: number, sampleMs: number, value: number, entity: Entity, gap: number): void {
    if (metric === cpuUsage) this.#cpu.take(sampleMs, value, entity, gap);
    else if (metric === periods) this.#periods.take(sampleMs, value, entity, gap);
    else if (metric === throttled) this.#throttled.take(sampleMs, value, entity, gap);
    else if (metric === workingSet && sampleMs > this.#bytesMs) {
      this.#bytes = value;
      this.#bytesMs = sampleMs;
      this.#bytesGapMs = gap;
    }
  }
}

/** What is no number is not known: without periods nothing can be said of throttling. */
function known(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
