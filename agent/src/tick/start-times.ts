/**
 * When each incarnation started, as first told: the small page knows milliseconds, the pod list whole seconds, and an
 * incarnation must not seem to start twice.
 */
export class StartTimes {
  #known = new Map<string, number>();
  #listed = new Map<string, number>();

  /** Begins a tick; incarnations that the last one did not name are forgotten. */
  startTick(): void {
    this.#known = this.#listed;
    this.#listed = new Map();
  }

  /** The start of a runtime id in unix ms, 0 when not known. pageMs is NaN when the page does not tell. */
  of(runtimeId: string, podListMs: number, pageMs: number): number {
    if (runtimeId === '') return podListMs;
    const told = Number.isNaN(pageMs) ? podListMs : pageMs;
    const start = this.#known.get(runtimeId) ?? told;
    this.#listed.set(runtimeId, start);
    return start;
  }
}
