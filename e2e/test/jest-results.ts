import * as z from 'zod';
import type { Tally } from './tally.ts';

/** The part of `jest --json` that is read here. */
const resultsSchema = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  numRuntimeErrorTestSuites: z.int(),
});

/**
 * Counts a jest run. A suite that could not be loaded is a failure, and so is a skipped test and a run without any:
 * a check that does not run proves nothing.
 */
export function tallyOf(json: string): Tally {
  const results = resultsSchema.parse(JSON.parse(json));
  const unproven = results.numPendingTests + results.numTodoTests;
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites + unproven;
  const none = results.numPassedTests + failed === 0;
  return { passed: results.numPassedTests, failed: none ? 1 : failed };
}
