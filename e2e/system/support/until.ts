import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again until the question has an answer (anything but undefined or false), and gives it.
 * @throws Error saying what was awaited, how long, and the last error on the way.
 */
export async function until<Answer>(
  what: string,
  withinMs: number,
  ask: () => Promise<Answer | undefined | false>,
): Promise<Answer> {
  const deadlineMs = Date.now() + withinMs;
  for (;;) {
    const outcome = await ask().then(
      (answer) => (answer === undefined || answer === false ? '' : { answer }),
      (error: unknown) => `: ${String(error)}`,
    );
    if (typeof outcome === 'object') return outcome.answer;
    if (Date.now() > deadlineMs) throw new Error(`${what} did not happen within ${withinMs / 1000} s${outcome}`);
    await sleep(1000);
  }
}
