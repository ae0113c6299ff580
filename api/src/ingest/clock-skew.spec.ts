import { describe, expect, it } from '@jest/globals';
import { skewOf } from './clock-skew.ts';

const nowMs = Date.UTC(2026, 10, 24);

describe('skewOf', () => {
  it.each([
    ['a right clock has none', 0, 0, 0],
    ['30 s ahead is tolerated', 30_000, 0, 0],
    ['30 s behind is tolerated', -30_000, 0, 0],
    ['more is not', 30_001, 0, 30_001],
    ['nor behind', -40_000, 0, -40_000],
    ['a known skew stays while it is measured about the same', 64_000, 60_000, 60_000],
    ['and changes when the clock moved', 71_000, 60_000, 71_000],
    ['and ends when the clock is right again', 2000, 60_000, 0],
  ])('%s', (_, aheadMs, knownMs, skewMs) => {
    expect(skewOf(nowMs + aheadMs, nowMs, knownMs)).toBe(skewMs);
  });
});
