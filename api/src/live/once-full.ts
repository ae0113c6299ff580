import type { LiveJobs } from './live-jobs.ts';

/**
 * Turns of a job that compares memory with what it was, or judges what is not in it: nothing is done while the last 15
 * minutes are read back, in which nodes seem to have been silent, and what was there before seems to be new.
 */
export function onceFull(jobs: Pick<LiveJobs, 'isReady'>, turn: () => Promise<void>): () => Promise<void> {
  return async () => {
    if (jobs.isReady) await turn();
  };
}
