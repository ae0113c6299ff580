import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 10;

/** Waits until something is so. @throws Error that says what was waited for */
export async function until<T>(what: string, look: () => T | Promise<T>, withinMs = 5000): Promise<NonNullable<T>> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== false && found !== undefined && found !== null) return found;
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await sleep(pollMs);
  }
}
