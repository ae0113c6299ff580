import { describe, expect, it } from '@jest/globals';
import { limits } from '@docksnap/contract';
import { PushRates } from './push-rates.ts';

const { pushBytesAtOnce, pushBytesPerSecond, pushLeastBytes } = limits;

/** After how many ms a push may come; 0: it is taken. */
const waitMs = (rates: PushRates, nodeId: string, byteLength: number, nowMs: number): number =>
  rates.take(nodeId, byteLength, nowMs).waitMs;

describe('the bytes that a node may push', () => {
  it('are so many at once, to the byte', () => {
    const rates = new PushRates();
    expect(waitMs(rates, 'n', pushBytesAtOnce - pushLeastBytes, 0)).toBe(0);
    expect(waitMs(rates, 'n', pushLeastBytes, 0)).toBe(0);
    expect(waitMs(rates, 'n', pushLeastBytes, 0)).toBe(Math.ceil((pushLeastBytes * 1000) / pushBytesPerSecond));
    expect(waitMs(rates, 'other', pushBytesAtOnce, 0)).toBe(0);
  });

  it('come back with time, as many as were said, and no more than at once', () => {
    const rates = new PushRates();
    expect(waitMs(rates, 'n', pushBytesAtOnce, 0)).toBe(0);
    expect(waitMs(rates, 'n', pushBytesPerSecond, 999)).toBeGreaterThan(0);
    expect(waitMs(rates, 'n', pushBytesPerSecond, 1000)).toBe(0);
    expect(waitMs(rates, 'n', pushBytesAtOnce + 1, 3_600_000)).toBeGreaterThan(0);
    expect(waitMs(rates, 'n', pushBytesAtOnce, 3_600_000)).toBe(0);
  });

  it('are taken by small pushes too, so that nobody sends a thousand of them', () => {
    const rates = new PushRates();
    const taken = Array.from({ length: 1000 }, () => waitMs(rates, 'n', 1, 0)).filter((ms) => ms === 0);
    expect(taken).toHaveLength(pushBytesAtOnce / pushLeastBytes);
  });

  it('are waited for by who keeps to what it is told; who comes earlier is known by that', () => {
    const rates = new PushRates();
    rates.take('n', pushBytesAtOnce, 0);
    expect(rates.take('n', pushBytesPerSecond, 0)).toEqual({ waitMs: 1000, isEarly: false });
    expect(rates.take('n', pushBytesPerSecond, 500)).toEqual({ waitMs: 500, isEarly: true });
    expect(rates.take('n', pushBytesPerSecond, 1000)).toEqual({ waitMs: 0, isEarly: false });
    expect(rates.take('n', pushBytesPerSecond, 1000)).toEqual({ waitMs: 1000, isEarly: false });
  });
});
