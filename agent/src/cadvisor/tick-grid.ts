/** cAdvisor's own distance between two samples, with -housekeeping_interval=1s. */
export const housekeepingMs = 1000;

/** cAdvisor keeps two minutes (-storage_duration): what is older is gone. */
export const keptTicks = 120;

/** How much of its past a source takes at its first read. */
const firstTicks = 60;

/** Further from the last one than this, a tick's clock was set back. */
const sameMs = 1;

/** Makes the ticks of each read: one for each second since the read before. */
export class TickGrid {
  #lastMs: number | undefined;

  /** Times of the ticks that end with tickMs, unix ms, ascending. `isReset`: the clock was set back, what was seen lies ahead. */
  next(tickMs: number): { readonly tickTimes: readonly number[]; readonly isReset: boolean } {
    const lastMs = this.#lastMs;
    this.#lastMs = tickMs;
    const isReset = lastMs !== undefined && tickMs < lastMs + sameMs;
    const since = lastMs === undefined ? firstTicks : isReset ? 1 : Math.round((tickMs - lastMs) / housekeepingMs);
    const count = Math.min(Math.max(since, 1), keptTicks);
    const tickTimes = Array.from({ length: count }, (_none, index) => tickMs - (count - 1 - index) * housekeepingMs);
    return { tickTimes, isReset };
  }
}

/**
 * Which tick each sample belongs to: the first at or after it, or the next free one, so that samples that a busy
 * machine took closer than a second are all kept. -1 from the first on that finds none: it is left for the next read.
 *
 * @param sampleTimes ascending, unix ms
 */
export function ticksOf(sampleTimes: readonly number[], tickTimes: readonly number[]): readonly number[] {
  let next = 0;
  return sampleTimes.map((sampleMs) => {
    while (next < tickTimes.length && (tickTimes[next] ?? Infinity) < sampleMs) next++;
    return next < tickTimes.length ? next++ : -1;
  });
}
