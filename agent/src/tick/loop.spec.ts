import { describe, expect, it } from '@jest/globals';
import { nextDue } from './loop.ts';

describe('the next tick', () => {
  it.each([
    ['follows after the interval', 0, 300, 10_000],
    ['is not moved by a slow one', 0, 9_999, 10_000],
    ['is left out when the one before took its time', 0, 10_000, 20_000],
    ['does not come in a burst after a stop of ten minutes', 0, 600_001, 610_000],
    ['keeps its phase', 12_345, 45_000, 52_345],
  ])('%s', (_what, dueMs, nowMs, expected) => {
    expect(nextDue(dueMs, nowMs, 10_000)).toBe(expected);
  });
});
