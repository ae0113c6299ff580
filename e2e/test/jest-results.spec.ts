import { describe, expect, it } from '@jest/globals';
import { tallyOf } from './jest-results.ts';
import { sum } from './tally.ts';

function results(counts: Partial<Record<'passed' | 'failed' | 'pending' | 'todo' | 'broken', number>>): string {
  return JSON.stringify({
    numPassedTests: counts.passed ?? 0,
    numFailedTests: counts.failed ?? 0,
    numPendingTests: counts.pending ?? 0,
    numTodoTests: counts.todo ?? 0,
    numRuntimeErrorTestSuites: counts.broken ?? 0,
  });
}

describe('tallyOf', () => {
  it.each([
    ['passed tests pass', { passed: 3 }, { passed: 3, failed: 0 }],
    ['failed tests fail', { passed: 3, failed: 2 }, { passed: 3, failed: 2 }],
    ['a suite that cannot be loaded fails', { passed: 3, broken: 1 }, { passed: 3, failed: 1 }],
    ['a skipped test fails', { passed: 3, pending: 1 }, { passed: 3, failed: 1 }],
    ['a test that is yet to be written fails', { passed: 3, todo: 1 }, { passed: 3, failed: 1 }],
    ['a run without tests fails', {}, { passed: 0, failed: 1 }],
  ])('%s', (_sentence, counts, expected) => {
    expect(tallyOf(results(counts))).toEqual(expected);
  });
});

describe('sum', () => {
  it('adds each part', () => {
    expect(
      sum([
        { passed: 1, failed: 2 },
        { passed: 3, failed: 4 },
      ]),
    ).toEqual({ passed: 4, failed: 6 });
  });
});
