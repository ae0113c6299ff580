import type { ContainerDescription, Termination } from '@docksnap/contract';

const keptMs = 3_600_000;
const recentMs = 15 * 60_000;
/** Of a container that ends every few seconds the newest ends are told. */
const mostKept = 32;

/** What a container's descriptions said of its ends and restarts in the last hour, told one after the other. */
export class ContainerHistory {
  #ends: readonly Termination[] = [];
  #restarts: readonly { readonly atMs: number; readonly count: number }[] = [];
  #told: ContainerDescription | undefined;

  /** Oldest first. */
  get ends(): readonly Termination[] {
    return this.#ends;
  }

  take(description: ContainerDescription, nowMs: number): void {
    if (description !== this.#told) {
      this.#told = description;
      this.#restarts = [...this.#restarts, { atMs: nowMs, count: description.restarts }].slice(-mostKept);
      const end = description.lastTermination;
      const isNew = this.#ends.every(({ finishedAtMs }) => finishedAtMs !== end?.finishedAtMs);
      if (end?.finishedAtMs !== undefined && isNew) this.#ends = [...this.#ends, end].slice(-mostKept);
    }
    this.#ends = this.#ends.filter(({ finishedAtMs = 0 }) => finishedAtMs > nowMs - keptMs);
  }

  /** By how much the count of restarts grew in the last 15 minutes, as far as it was watched. */
  recentRestarts(nowMs: number): number {
    const before = this.#restarts.findLast(({ atMs }) => atMs <= nowMs - recentMs) ?? this.#restarts[0];
    return Math.max(0, (this.#told?.restarts ?? 0) - (before?.count ?? 0));
  }
}
