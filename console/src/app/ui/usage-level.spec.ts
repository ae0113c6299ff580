import { describe, expect, it } from '@jest/globals';
import { usageLevel } from './usage-level.ts';

describe('usageLevel', () => {
  it.each([
    ['below 85 % is normal', 0.849, true, 'normal'],
    ['from 85 % on it warns', 0.85, true, 'warning'],
    ['at 95 % of a memory limit it still warns', 0.95, true, 'warning'],
    ['above 95 % of a memory limit is critical', 0.951, true, 'critical'],
    ['a CPU at its limit is a warning', 1, false, 'warning'],
  ] as const)('%s', (_sentence, share, kills, level) => {
    expect(usageLevel(share, kills)).toBe(level);
  });
});
