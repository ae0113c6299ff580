import type { Block, Entity } from '@docksnap/contract';
import { spread, type Steps } from './steps.ts';

/**
 * Which time of each step a node was watched in, and in which part of it an entity is known not to have been there: it
 * used nothing then, which a sum over entities must count. Between the last tick that lists an entity and the first
 * that does not, it counts as being there.
 */
export class Presence {
  readonly watchedMs: Float64Array;
  readonly #steps: Steps;
  readonly #absentMs = new Map<string, Float64Array>();
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
    const sinceByKey = this.#since(entities);
    for (const key of sinceByKey.keys()) {
      // Until it was seen first, it was not there for as long as its node was watched.
      if (!this.#absentMs.has(key)) this.#absentMs.set(key, this.watchedMs.slice());
    }
    for (const tickMs of block.tickTimes) {
      if (tickMs > this.#lastTickMs && tickMs - this.#lastTickMs <= gapMs) this.#interval(tickMs, sinceByKey);
      this.#lastTickMs = tickMs;
      this.#lastKeys = new Set();
    }
    this.#lastKeys = new Set(sinceByKey.keys());
  }

  /** Time of each step in which the node was watched and the entity was not there, in ms. */
  absentMs(key: string): Float64Array {
    return this.#absentMs.get(key) ?? this.watchedMs;
  }

  /** From when on each entity is there: its start, or before for one that the last block listed too. */
  #since(entities: readonly Entity[]): ReadonlyMap<string, number> {
    const sinceByKey = new Map<string, number>();
    for (const { key, startedAtMs } of entities) {
      const sinceMs = this.#lastKeys.has(key) ? 0 : startedAtMs;
      sinceByKey.set(key, Math.min(sinceByKey.get(key) ?? Infinity, sinceMs));
    }
    return sinceByKey;
  }

  #interval(tickMs: number, sinceByKey: ReadonlyMap<string, number>): void {
    this.#add(this.watchedMs, this.#lastTickMs, tickMs);
    for (const [key, absentMs] of this.#absentMs) {
      const sinceMs = sinceByKey.get(key) ?? (this.#lastKeys.has(key) ? 0 : tickMs);
      this.#add(absentMs, this.#lastTickMs, Math.min(sinceMs, tickMs));
    }
  }

  #add(into: Float64Array, fromMs: number, toMs: number): void {
    if (toMs > fromMs) spread(this.#steps, into, fromMs, toMs, toMs - fromMs);
  }
}
