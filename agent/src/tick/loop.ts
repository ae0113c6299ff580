import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../epoch/clock.ts';

/**
 * Runs `tick` now and then every intervalMs until the signal aborts; waits for the one under way. Ticks that come due
 * while another runs, or while the process is stopped, are left out: there is no burst to catch up.
 */
export async function runLoop(
  intervalMs: number,
  clock: Clock,
  signal: AbortSignal,
  tick: () => Promise<void>,
): Promise<void> {
  let dueMs = clock.monotonicMs();
  while (!signal.aborted) {
    await tick();
    dueMs = nextDue(dueMs, clock.monotonicMs(), intervalMs);
    await sleep(dueMs - clock.monotonicMs(), undefined, { signal }).catch(() => undefined);
  }
}

/** The first multiple of the interval after dueMs that lies ahead. */
export function nextDue(dueMs: number, nowMs: number, intervalMs: number): number {
  return dueMs + intervalMs * Math.max(1, Math.floor((nowMs - dueMs) / intervalMs) + 1);
}
