import type { Timers } from './work-queue.ts';

/** Waits, but not beyond an abort. @returns whether the time has passed; false when it was aborted */
export async function pause(timers: Timers, ms: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return false;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const onAbort = (): void => {
    resolve(false);
  };
  const cancel = timers.after(ms, () => {
    resolve(true);
  });
  signal.addEventListener('abort', onAbort, { once: true });
  const hasPassed = await promise;
  cancel();
  signal.removeEventListener('abort', onAbort);
  return hasPassed;
}

/** Settles when the signal comes. */
export async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => {
    signal.addEventListener('abort', resolve, { once: true });
  });
}
