import { type Block, gapMs, intervalOf } from '@docksnap/contract';
import { type Latest, NewestSamples } from './latest.ts';
import { RunOrder, runsOf } from './runs.ts';

/**
 * The newest values of every entity of a node, carried on from block to block. What they follow from lies within two
 * gap limits: two samples that are no gap apart, the newer of which is no gap old.
 */
export class NodeLatest {
  readonly #byKey = new Map<string, NewestSamples>();
  readonly #epochs = new Set<string>();
  #epoch = '';
  #lastSeq = 0;
  #lastTickMs = -Infinity;
  #longestGapMs = 0;
  #tidiedMs = -Infinity;

  /** Of blocks as they lie in memory, in any order. */
  static of(blocks: readonly Block[]): NodeLatest {
    const latest = new NodeLatest();
    const order = new RunOrder();
    for (const run of runsOf(blocks)) {
      const sequel = order.next(run);
      if (sequel !== 'same') latest.#enterRun(sequel === 'linked');
      for (const block of run) latest.#takeNext(block);
    }
    return latest;
  }

  /** How far back it matters what was sampled, in ms. */
  get reachMs(): number {
    return 2 * this.#longestGapMs;
  }

  /**
   * Takes one more block of the node. False when it belongs before or between what was taken: nothing of this holds
   * any longer, and it is to be made again of the blocks in reach.
   */
  take(block: Block): boolean {
    const isSequel = block.epoch === this.#epoch && block.firstSeq > this.#lastSeq;
    const isLinked = !this.#epochs.has(block.epoch) && (block.tickTimes[0] ?? 0) > this.#lastTickMs;
    if (!isSequel && !isLinked) return this.#isOutOfReach(block);
    if (isLinked) this.#enterRun(true);
    this.#takeNext(block);
    this.#tidy();
    return true;
  }

  /** Undefined for an entity without samples. */
  get(key: string): Latest | undefined {
    return this.#byKey.get(key)?.at(this.#lastTickMs);
  }

  #enterRun(isLinked: boolean): void {
    for (const entity of this.#byKey.values()) entity.enterRun(isLinked);
  }

  #takeNext(block: Block): void {
    this.#epoch = block.epoch;
    this.#epochs.add(block.epoch);
    this.#lastSeq = block.firstSeq + block.tickTimes.length - 1;
    this.#lastTickMs = Math.max(this.#lastTickMs, block.tickTimes.at(-1) ?? -Infinity);
    for (const group of block.groups) {
      const entity = block.entities[group.entity];
      if (entity === undefined || group.kind === 'network') continue;
      this.#longestGapMs = Math.max(this.#longestGapMs, gapMs(intervalOf(block, group)));
      let newest = this.#byKey.get(entity.key);
      if (newest === undefined) this.#byKey.set(entity.key, (newest = new NewestSamples()));
      newest.take(block, group, entity);
    }
  }

  #isOutOfReach(block: Block): boolean {
    for (const group of block.groups) {
      this.#longestGapMs = Math.max(this.#longestGapMs, gapMs(intervalOf(block, group)));
    }
    return (block.tickTimes.at(-1) ?? 0) < this.#lastTickMs - this.reachMs;
  }

  /** Lets go of entities that are out of reach, once in that time. */
  #tidy(): void {
    if (this.#lastTickMs - this.#tidiedMs < this.reachMs) return;
    this.#tidiedMs = this.#lastTickMs;
    for (const [key, { lastMs }] of this.#byKey) {
      if (lastMs < this.#lastTickMs - this.reachMs) this.#byKey.delete(key);
    }
  }
}
