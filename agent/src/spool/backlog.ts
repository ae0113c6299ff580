import type { Description } from '@docksnap/contract';
import type { EncodedRoster } from '../tick/roster-keeper.ts';
import type { TickRange } from './cursor.ts';

/** Where a tick is kept. */
export type Place =
  | { readonly kind: 'disk'; readonly segment: number; readonly offset: number }
  /** The disk did not take it: it lives as long as the process. */
  | {
      readonly kind: 'memory';
      readonly bytes: Uint8Array;
      readonly descriptions: ReadonlyMap<string, Description>;
      readonly roster: EncodedRoster;
    };

/** A tick, or those of one block, that is not acknowledged yet. */
export interface PendingTick {
  readonly epoch: string;
  /** Of the first. */
  readonly seq: number;
  /** How many: seq to seq + ticks - 1. */
  readonly ticks: number;
  readonly tickMs: number;
  /** Of the encoded block. */
  readonly byteLength: number;
  readonly place: Place;
  /** Whether a push that carries it is under way: its outcome must be known before it may be dropped. */
  inFlight: boolean;
}

/** Adds ticks to ranges, to the last one where they follow it. */
export function addTicks(ranges: TickRange[], { epoch, seq, ticks }: PendingTick): void {
  const before = ranges.at(-1);
  const last = seq + ticks - 1;
  if (before?.epoch === epoch && before.last + 1 === seq) ranges.splice(-1, 1, { ...before, last });
  else ranges.push({ epoch, first: seq, last });
}

/** How many ticks these are. */
export function countOf(pending: readonly PendingTick[]): number {
  return pending.reduce((sum, { ticks }) => sum + ticks, 0);
}

/** The ticks that are not acknowledged yet, oldest first. */
export class Backlog {
  readonly #ticks = new Set<PendingTick>();
  #newest: PendingTick | undefined;
  #count = 0;
  #bytes = 0;
  #memoryBytes = 0;

  get ticks(): number {
    return this.#count;
  }

  /** How many blocks those ticks are in: what pushes are made of. */
  get blocks(): number {
    return this.#ticks.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Of those that only memory holds. */
  get memoryBytes(): number {
    return this.#memoryBytes;
  }

  /** The last one collected, if it is still pending. */
  get newest(): PendingTick | undefined {
    return this.#newest;
  }

  add(tick: PendingTick): void {
    this.#ticks.add(tick);
    this.#newest = tick;
    this.#add(tick, 1);
  }

  /** Returns whether it was pending. */
  remove(tick: PendingTick): boolean {
    if (!this.#ticks.delete(tick)) return false;
    if (this.#newest === tick) this.#newest = undefined;
    this.#add(tick, -1);
    return true;
  }

  /** Oldest first. */
  [Symbol.iterator](): IterableIterator<PendingTick> {
    return this.#ticks.values();
  }

  firstOnDisk(): (PendingTick & { readonly place: { readonly kind: 'disk' } }) | undefined {
    for (const tick of this.#ticks) if (isOnDisk(tick)) return tick;
    return undefined;
  }

  /** Those that only memory holds, neighbours as one range. */
  onlyInMemory(): TickRange[] {
    const ranges: TickRange[] = [];
    if (this.#memoryBytes === 0) return ranges;
    for (const tick of this.#ticks) if (!isOnDisk(tick)) addTicks(ranges, tick);
    return ranges;
  }

  holdsEpoch(epoch: string): boolean {
    for (const tick of this.#ticks) if (tick.epoch === epoch) return true;
    return false;
  }

  #add(tick: PendingTick, sign: 1 | -1): void {
    this.#count += sign * tick.ticks;
    this.#bytes += sign * tick.byteLength;
    if (tick.place.kind === 'memory') this.#memoryBytes += sign * tick.byteLength;
  }
}

function isOnDisk(tick: PendingTick): tick is PendingTick & { readonly place: { readonly kind: 'disk' } } {
  return tick.place.kind === 'disk';
}
