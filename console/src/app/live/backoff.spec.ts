import { describe, expect, it } from '@jest/globals';
import { backoffMs } from './backoff.ts';

describe('backoffMs', () => {
  it.each([
    ['the first wait is short', 1, 500, 1000],
    ['the third is four times that', 3, 2000, 4000],
    ['it grows to 30 s', 6, 15_000, 30_000],
    ['and no further', 1000, 15_000, 30_000],
  ])('%s', (_sentence, failures, leastMs, mostMs) => {
    expect([backoffMs(failures, 0), backoffMs(failures, 1)]).toEqual([leastMs, mostMs]);
  });
});
