/** What had come in by a time. */
interface Reading {
  readonly atMs: number;
  readonly count: number;
}

/** How fast counts grow together over about a minute, from readings of each that are taken now and then. */
export class IngestRate {
  readonly #spanMs: number;
  #counts: ReadonlyMap<string, number> = new Map();
  #grown = 0;
  #readings: readonly Reading[] = [];

  constructor(spanMs = 60_000) {
    this.#spanMs = spanMs;
  }

  /** Counts by name. One that is new holds what came before it was looked at; one that fell or is gone adds nothing. */
  read(counts: ReadonlyMap<string, number>, atMs: number): void {
    for (const [name, count] of counts) this.#grown += Math.max(0, count - (this.#counts.get(name) ?? count));
    this.#counts = counts;
    const before = this.#readings.findLastIndex((reading) => reading.atMs <= atMs - this.#spanMs);
    this.#readings = [...this.#readings.slice(Math.max(0, before)), { atMs, count: this.#grown }];
  }

  /** Per second; null before there is a span of readings. */
  perSecond(): number | null {
    const [first, last] = [this.#readings[0], this.#readings.at(-1)];
    if (first === undefined || last === undefined || last.atMs - first.atMs < this.#spanMs) return null;
    return ((last.count - first.count) / (last.atMs - first.atMs)) * 1000;
  }
}
