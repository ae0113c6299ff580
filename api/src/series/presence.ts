import { type Block, type Entity, isListed } from '@docksnap/contract';
import { spread, type Steps } from './steps.ts';

/** One entity: the last tick that listed it, by its number, and the time of each step in which it was not there. */
interface Seen {
  lastTick: number;
  readonly absentMs: Float64Array;
}

/** Ticks that list a key one after another, as indexes of a block, and when what they list started. */
interface Run {
  readonly first: number;
  readonly last: number;
  readonly startedAtMs: number;
}

/**
 * Which time of each step a node was watched in, and in which part of it an entity is known not to have been there: it
 * used nothing then, which a sum over entities must count. Until it was seen first, it was not there for as long as
 * its node was watched. Between the last tick that lists an entity and the first that does not, it counts as being
 * there. Work is done where an entity comes and goes, not at every tick.
 */
export class Presence {
  readonly watchedMs: Float64Array;
  readonly #steps: Steps;
  readonly #byKey = new Map<string, Seen>();
  /** The watched time between two ticks, in the order of the ticks. */
  readonly #fromMs: number[] = [];
  readonly #toMs: number[] = [];
  /** By the number of a tick: how many of these there were up to it. */
  readonly #counts: number[] = [];
  #lastTickMs = NaN;

  constructor(steps: Steps) {
    this.#steps = steps;
    this.watchedMs = new Float64Array(steps.count);
  }

  enterRun(linked: boolean): void {
    if (linked) return;
    this.#lastTickMs = NaN;
    // A tick of no node: nothing is listed one after another over the two runs.
    this.#counts.push(this.#toMs.length);
  }

  /** Takes the next block of a run and those of its entities that are asked about. Ticks that come again are no news. */
  take(block: Block, entities: readonly Entity[], gapMs: number): void {
    const news = block.tickTimes.findIndex((tickMs) => !(tickMs <= this.#lastTickMs));
    if (news === -1) return;
    const firstTick = this.#counts.length - news;
    for (const tickMs of block.tickTimes.slice(news)) this.#tick(tickMs, gapMs);
    for (const entity of entities) {
      if (entity.listedAt === undefined) {
        this.#list(
          entity.key,
          { first: news, last: block.tickTimes.length - 1, startedAtMs: entity.startedAtMs },
          firstTick,
        );
      }
    }
    for (const [key, runs] of runsByKey(entities, news, block.tickTimes.length)) {
      for (const run of runs) this.#list(key, run, firstTick);
    }
  }

  /** Time of each step in which the node was watched and the entity was not there, in ms. */
  absentMs(key: string): Float64Array {
    const seen = this.#byKey.get(key);
    if (seen === undefined) return this.watchedMs;
    const absentMs = seen.absentMs.slice();
    this.#addAll(absentMs, this.#countAt(seen.lastTick + 1), this.#toMs.length);
    return absentMs;
  }

  #tick(tickMs: number, gapMs: number): void {
    if (tickMs - this.#lastTickMs <= gapMs) {
      this.#fromMs.push(this.#lastTickMs);
      this.#toMs.push(tickMs);
      this.#add(this.watchedMs, this.#lastTickMs, tickMs);
    }
    this.#counts.push(this.#toMs.length);
    this.#lastTickMs = tickMs;
  }

  #list(key: string, { first, last, startedAtMs }: Run, firstTick: number): void {
    const seen = this.#byKey.get(key) ?? { lastTick: -2, absentMs: new Float64Array(this.#steps.count) };
    this.#byKey.set(key, seen);
    const tick = firstTick + first;
    if (seen.lastTick < tick - 1) {
      const before = this.#countAt(tick - 1);
      this.#addAll(seen.absentMs, this.#countAt(seen.lastTick + 1), before);
      if (this.#countAt(tick) > before) {
        const endMs = this.#toMs[before] ?? NaN;
        this.#add(seen.absentMs, this.#fromMs[before] ?? NaN, Math.min(startedAtMs, endMs));
      }
    }
    seen.lastTick = Math.max(seen.lastTick, firstTick + last);
  }

  #countAt(tick: number): number {
    return tick < 0 ? 0 : (this.#counts[tick] ?? this.#toMs.length);
  }

  #addAll(into: Float64Array, first: number, end: number): void {
    for (let index = first; index < end; index += 1)
      this.#add(into, this.#fromMs[index] ?? NaN, this.#toMs[index] ?? NaN);
  }

  #add(into: Float64Array, fromMs: number, toMs: number): void {
    if (toMs > fromMs) spread(this.#steps, into, fromMs, toMs, toMs - fromMs);
  }
}

/** Of entities that some ticks list and others do not: the runs of ticks that list each key, ascending. */
function runsByKey(entities: readonly Entity[], news: number, count: number): Map<string, Run[]> {
  const byKey = new Map<string, Run[]>();
  for (const entity of entities) {
    if (entity.listedAt === undefined) continue;
    const runs = byKey.get(entity.key) ?? [];
    byKey.set(entity.key, runs);
    for (let tick = news; tick < count; tick += 1) {
      if (!isListed(entity, tick)) continue;
      let last = tick;
      while (last + 1 < count && isListed(entity, last + 1)) last += 1;
      runs.push({ first: tick, last, startedAtMs: entity.startedAtMs });
      tick = last;
    }
  }
  for (const runs of byKey.values()) runs.sort((one, other) => one.first - other.first);
  return byKey;
}
