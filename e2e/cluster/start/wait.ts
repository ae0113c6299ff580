import { setTimeout as sleep } from 'node:timers/promises';

const EVERY_MS = 1_000;

/** What is waited for, and how long. */
export interface Wait {
  /** Completes "… within N s", such as `both nodes were not Ready`. */
  readonly complaint: string;
  readonly timeoutMs: number;
}

/**
 * Asks again and again until the answer is undefined.
 * @param missing what is still missing, or undefined when nothing is; its errors count as something missing
 * @throws with what was missing last.
 */
export async function until({ complaint, timeoutMs }: Wait, missing: () => Promise<string | undefined>): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const last = await missing().catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
    if (last === undefined) return;
    if (Date.now() > deadline) throw new Error(`${complaint} within ${timeoutMs / 1_000} s: ${last}`);
    await sleep(EVERY_MS);
  }
}
