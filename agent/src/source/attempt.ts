import type { Problems } from '../problems.ts';
import type { ScrapeTimes } from '../tick/scrape-times.ts';
import { ReadError } from './read-error.ts';

export interface AttemptTools {
  readonly problems: Problems;
  readonly times: ScrapeTimes;
}

/** What was read, or undefined when it could not be: then a problem says why, until it can be again. */
export async function attempt<T>(
  { problems, times }: AttemptTools,
  part: string,
  read: () => Promise<T>,
): Promise<T | undefined> {
  const started = performance.now();
  try {
    const result = await read();
    problems.clear(part);
    times.observe(part, performance.now() - started, true);
    return result;
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    problems.set(part, error.reason, error.message);
    times.observe(part, performance.now() - started, false);
    return undefined;
  }
}
