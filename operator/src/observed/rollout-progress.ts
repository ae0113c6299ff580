import type { DaemonSet } from './objects.ts';

/** A rollout whose counts have not changed for this long is called stalled. */
const stalledMs = 600_000;

/** Remembers, per monitor, since when the counts of its DaemonSet are what they are. */
export class RolloutProgress {
  readonly #seen = new Map<string, { readonly counts: string; readonly sinceMs: number }>();

  /** Notes the counts of now. @returns whether they have been the same for ten minutes */
  isStalled(monitorKey: string, daemonSet: DaemonSet | undefined, nowMs: number): boolean {
    const counts = countsOf(daemonSet);
    const before = this.#seen.get(monitorKey);
    if (before?.counts === counts) return nowMs - before.sinceMs >= stalledMs;
    this.#seen.set(monitorKey, { counts, sinceMs: nowMs });
    return false;
  }

  forget(monitorKey: string): void {
    this.#seen.delete(monitorKey);
  }
}

function countsOf(daemonSet: DaemonSet | undefined): string {
  if (daemonSet === undefined) return '';
  const { desiredNumberScheduled, numberReady, updatedNumberScheduled } = daemonSet.status;
  return [daemonSet.metadata.generation, desiredNumberScheduled, numberReady, updatedNumberScheduled].join();
}
