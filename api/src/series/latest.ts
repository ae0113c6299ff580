import {
  type Block,
  type Column,
  type Entity,
  gapMs,
  type Group,
  intervalOf,
  metricByName,
  type MetricName,
} from '@docksnap/contract';
import { CounterWalk } from './counter-walk.ts';
import { RunOrder, runsOf } from './runs.ts';

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

/** By entity key, of those that the newest blocks hold samples of. Blocks as LiveNode has them, ascending. */
export function latestOf(blocks: readonly Block[]): ReadonlyMap<string, Latest> {
  const newest = blocks.at(-1);
  const lastTickMs = newest?.tickTimes.at(-1) ?? 0;
  const gap = gapMs(newest?.intervalMs ?? 0);
  // Two samples that are no gap apart, the newer of which is no gap old.
  const recent = blocks.filter((block) => (block.tickTimes.at(-1) ?? 0) >= lastTickMs - 2 * gap);
  const open = new Map<string, Newest>();
  const order = new RunOrder();
  for (const run of runsOf(recent)) {
    const isLinked = order.next(run) === 'linked';
    for (const entity of open.values()) entity.enterRun(isLinked);
    for (const block of run) takeBlock(block, open);
  }
  return new Map([...open].map(([key, entity]) => [key, entity.since(lastTickMs - gap)]));
}

function takeBlock(block: Block, open: Map<string, Newest>): void {
  for (const group of block.groups) {
    const entity = block.entities[group.entity];
    if (entity === undefined || group.kind === 'network') continue;
    const newest = open.get(entity.key) ?? new Newest();
    open.set(entity.key, newest);
    for (const column of group.columns) newest.take(block, group, column, entity);
  }
}

/** The last interval of one counter. */
class LastInterval {
  readonly #walk = new CounterWalk();
  increase = NaN;
  fromMs = NaN;
  toMs = NaN;

  enterRun(linked: boolean): void {
    this.#walk.enterRun(linked);
  }

  take(timeMs: number, value: number, entity: Entity, gap: number): void {
    if (!this.#walk.take(timeMs, value, entity, gap)) return;
    this.increase = this.#walk.increase;
    this.fromMs = this.#walk.fromMs;
    this.toMs = this.#walk.toMs;
  }
}

class Newest {
  readonly #counters = new Map([cpuUsage, periods, throttled].map((metric) => [metric, new LastInterval()]));
  #bytes = NaN;
  #bytesMs = NaN;
  #lastMs = -Infinity;

  enterRun(linked: boolean): void {
    for (const counter of this.#counters.values()) counter.enterRun(linked);
  }

  take(block: Block, group: Group, column: Column, entity: Entity): void {
    const counter = this.#counters.get(column.metric);
    const gap = gapMs(intervalOf(block, group));
    for (let tick = 0; tick < block.tickTimes.length; tick += 1) {
      const value = column.values[tick] ?? NaN;
      const sampleMs = (block.tickTimes[tick] ?? NaN) - (group.ages[tick] ?? NaN);
      if (Number.isNaN(value) || Number.isNaN(sampleMs)) continue;
      this.#lastMs = Math.max(this.#lastMs, sampleMs);
      counter?.take(sampleMs, value, entity, gap);
      if (column.metric === workingSet) {
        this.#bytes = value;
        this.#bytesMs = sampleMs;
      }
    }
  }

  /** What is newer than a time. */
  since(fromMs: number): Latest {
    const increase = (metric: number): number => {
      const counter = this.#counters.get(metric);
      return counter !== undefined && counter.toMs >= fromMs ? counter.increase : NaN;
    };
    const cpu = this.#counters.get(cpuUsage);
    const seconds = ((cpu?.toMs ?? NaN) - (cpu?.fromMs ?? NaN)) / 1000;
    return {
      cpuCores: known((increase(cpuUsage) * 1e-6) / seconds),
      workingSetBytes: this.#bytesMs >= fromMs ? this.#bytes : null,
      throttledRatio: known(increase(throttled) / increase(periods)),
      lastSampleMs: known(this.#lastMs),
    };
  }
}

/** What is no number is not known: without periods nothing can be said of throttling. */
function known(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
