/** A count that grows, as it was at a time. */
interface Reading {
  readonly atMs: number;
  readonly count: number;
}

/** How fast a count grows over about a minute, from readings that are taken now and then. */
export class IngestRate {
  readonly #spanMs: number;
  #readings: readonly Reading[] = [];

  constructor(spanMs = 60_000) {
    this.#spanMs = spanMs;
  }

  read(count: number, atMs: number): void {
    const before = this.#readings.findLastIndex((reading) => reading.atMs <= atMs - this.#spanMs);
    this.#readings = [...this.#readings.slice(Math.max(0, before)), { atMs, count }];
  }

  /** Per second; null before there is a span of readings. A count that fell began anew: it grew by what it is. */
  perSecond(): number | null {
    const [first, last] = [this.#readings[0], this.#readings.at(-1)];
    if (first === undefined || last === undefined || last.atMs - first.atMs < this.#spanMs) return null;
    const grown = last.count >= first.count ? last.count - first.count : last.count;
    return (grown / (last.atMs - first.atMs)) * 1000;
  }
}
