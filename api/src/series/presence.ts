import type { Block, Entity } from '@docksnap/contract';
import { spread, type Steps } from './steps.ts';

/**
 * Which time of each step a node was watched in, and in which part of it each entity was there. Their difference is
 * time in which the entity is known not to have been: it used nothing then, which a sum over entities must count.
 * Between the last tick that lists an entity and the first that does not, it counts as being there.
 */
export class Presence {
  readonly watchedMs: Float64Array;
  readonly #steps: Steps;
  readonly #thereMs = new Map<string, Float64Array>();
  #lastTickMs = NaN;
  #lastKeys: ReadonlySet<string> = new Set();

  constructor(steps: Steps) {
    this.#steps = steps;
    this.watchedMs = new Float64Array(steps.count);
  }

  enterRun(linked: boolean): void {
    if (linked) return;
    this.#lastTickMs = NaN;
    this.#lastKeys = new Set();
  }

  /** Takes the next block of a run and those of its entities that are asked about. A block that comes again is no news. */
  take(block: Block, entities: readonly Entity[], gapMs: number): void {
    if ((block.tickTimes.at(-1) ?? 0) <= this.#lastTickMs) return;
    const sinceByKey = new Map<string, number>();
    for (const { key, startedAtMs } of entities) {
      const sinceMs = this.#lastKeys.has(key) ? 0 : startedAtMs;
      sinceByKey.set(key, Math.min(sinceByKey.get(key) ?? Infinity, sinceMs));
    }
    for (const tickMs of block.tickTimes) {
      if (tickMs - this.#lastTickMs <= gapMs && tickMs > this.#lastTickMs) this.#interval(tickMs, sinceByKey);
      this.#lastTickMs = tickMs;
      this.#lastKeys = new Set();
    }
    this.#lastKeys = new Set(sinceByKey.keys());
  }

  /** Time of each step in which the node was watched and the entity was not there, in ms. */
  absentMs(key: string): Float64Array {
    const thereMs = this.#thereMs.get(key);
    return this.watchedMs.map((watched, index) => Math.max(0, watched - (thereMs?.[index] ?? 0)));
  }

  #interval(tickMs: number, sinceByKey: ReadonlyMap<string, number>): void {
    this.#add(this.watchedMs, this.#lastTickMs, tickMs);
    for (const [key, sinceMs] of sinceByKey) this.#add(this.#there(key), Math.max(this.#lastTickMs, sinceMs), tickMs);
    for (const key of this.#lastKeys) {
      if (!sinceByKey.has(key)) this.#add(this.#there(key), this.#lastTickMs, tickMs);
    }
  }

  #there(key: string): Float64Array {
    const found = this.#thereMs.get(key) ?? new Float64Array(this.#steps.count);
    this.#thereMs.set(key, found);
    return found;
  }

  #add(into: Float64Array, fromMs: number, toMs: number): void {
    if (toMs > fromMs) spread(this.#steps, into, fromMs, toMs, toMs - fromMs);
  }
}
