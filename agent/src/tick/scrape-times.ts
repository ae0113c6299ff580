/** How often each page was read, how long it took in all, and how often it failed. */
export interface ScrapeTime {
  count: number;
  failures: number;
  sumMs: number;
  lastMs: number;
}

export class ScrapeTimes {
  readonly byPath = new Map<string, ScrapeTime>();

  observe(path: string, durationMs: number, succeeded: boolean): void {
    const time = this.byPath.get(path) ?? { count: 0, failures: 0, sumMs: 0, lastMs: 0 };
    time.count++;
    time.sumMs += durationMs;
    time.lastMs = durationMs;
    if (!succeeded) time.failures++;
    this.byPath.set(path, time);
  }
}
