import { describe, expect, it } from '@jest/globals';
import { limits } from '@docksnap/contract';
import { PushRates } from './push-rates.ts';

const { pushBytesAtOnce, pushBytesPerSecond, pushLeastBytes } = limits;

describe('the bytes that a node may push', () => {
  it('are so many at once, to the byte', () => {
    const rates = new PushRates();
    expect(rates.take('n', pushBytesAtOnce - pushLeastBytes, 0)).toBe(0);
    expect(rates.take('n', pushLeastBytes, 0)).toBe(0);
    expect(rates.take('n', pushLeastBytes, 0)).toBe(Math.ceil((pushLeastBytes * 1000) / pushBytesPerSecond));
    expect(rates.take('other', pushBytesAtOnce, 0)).toBe(0);
  });

  it('come back with time, as many as were said, and no more than at once', () => {
    const rates = new PushRates();
    expect(rates.take('n', pushBytesAtOnce, 0)).toBe(0);
    expect(rates.take('n', pushBytesPerSecond, 999)).toBeGreaterThan(0);
    expect(rates.take('n', pushBytesPerSecond, 1000)).toBe(0);
    expect(rates.take('n', pushBytesAtOnce + 1, 3_600_000)).toBeGreaterThan(0);
    expect(rates.take('n', pushBytesAtOnce, 3_600_000)).toBe(0);
  });

  it('are taken by small pushes too, so that nobody sends a thousand of them', () => {
    const rates = new PushRates();
    const taken = Array.from({ length: 1000 }, () => rates.take('n', 1, 0)).filter((waitMs) => waitMs === 0);
    expect(taken).toHaveLength(pushBytesAtOnce / pushLeastBytes);
  });
});
