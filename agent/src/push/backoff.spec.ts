import { describe, expect, it } from '@jest/globals';
import { backoffMs } from './backoff.ts';

describe('backoffMs', () => {
  it.each([
    [1, 1000],
    [2, 2000],
    [6, 32_000],
    [7, 60_000],
    [2000, 60_000],
  ])('waits after failure %d at most %d ms, and anything below', (failures, most) => {
    expect(backoffMs(failures, () => 0.999999)).toBe(most);
    expect(backoffMs(failures, () => 0.5)).toBe(most / 2);
    expect(backoffMs(failures, () => 0)).toBe(0);
  });

  it('waits at least as long as the server asks, within five minutes', () => {
    expect(backoffMs(1, () => 0, 7000)).toBe(7000);
    expect(backoffMs(1, () => 0.5, 7000)).toBe(7500);
    expect(backoffMs(1, () => 0, 86_400_000)).toBe(300_000);
  });
});
