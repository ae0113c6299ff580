import type { ContainerDescription, Termination } from '@docksnap/contract';

/** What a container's descriptions, told one after another, say of its restarts within a range. */
export class RestartCount {
  restarts = 0;
  readonly ends: Termination[] = [];
  description: ContainerDescription | undefined;
  #atMs = -Infinity;

  constructor(
    private readonly fromMs: number,
    private readonly toMs: number,
  ) {}

  get oomKills(): number {
    return this.ends.filter(({ reason }) => reason === 'OOMKilled').length;
  }

  /**
   * Takes how it was described from a tick on, within the range or, first, before it. What was told before may be told
   * again. A container that is seen for the first time has restarted before: how often within the range, nobody knows.
   */
  take(description: ContainerDescription, atMs: number): void {
    if (atMs <= this.#atMs) return;
    this.#atMs = atMs;
    const before = this.description;
    if (before === description) return;
    this.description = description;
    if (before !== undefined && atMs > this.fromMs)
      this.restarts += Math.max(0, description.restarts - before.restarts);
    this.#takeEnd(description.lastTermination);
  }

  #takeEnd(end: Termination | undefined): void {
    const finishedAtMs = end?.finishedAtMs;
    if (end === undefined || finishedAtMs === undefined) return;
    const isNew = this.ends.every((other) => other.finishedAtMs !== finishedAtMs);
    if (isNew && finishedAtMs > this.fromMs && finishedAtMs <= this.toMs) this.ends.push(end);
  }
}
