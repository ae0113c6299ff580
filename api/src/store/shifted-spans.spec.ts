import { describe, expect, it } from '@jest/globals';
import { windowMs } from './identifiers.ts';
import type { ShiftedSpan } from './schemas.ts';
import { windowsOf, withShift } from './shifted-spans.ts';

const hourMs = 3_600_000;

describe('withShift', () => {
  const span: ShiftedSpan = { shiftMs: -hourMs, firstWindow: 10, lastWindow: 12 };

  it('changes nothing for a clock that is right, or a window that is known', () => {
    const spans = [span];
    expect(withShift(spans, 0, 99)).toBe(spans);
    expect(withShift(spans, -hourMs + 5000, 11)).toBe(spans);
  });

  it('lets a span grow for about the same shift, and begins another for a different one', () => {
    expect(withShift([span], -hourMs, 13)).toEqual([{ ...span, lastWindow: 13 }]);
    expect(withShift([span], -hourMs, 8)).toEqual([{ ...span, firstWindow: 8 }]);
    expect(withShift([span], hourMs, 13)).toEqual([span, { shiftMs: hourMs, firstWindow: 13, lastWindow: 13 }]);
  });

  it('stays bounded, and then still covers every window, however a clock jumps about', () => {
    let spans: readonly ShiftedSpan[] = [];
    for (let i = 1; i <= 200; i += 1) spans = withShift(spans, i * hourMs, i);
    expect(spans).toHaveLength(64);
    expect(Math.max(...spans.map(({ lastWindow }) => lastWindow))).toBe(200);
  });
});

describe('windowsOf', () => {
  it('looks one window back, for blocks that reach into the range', () => {
    expect(windowsOf(10 * windowMs, 11 * windowMs, [])).toEqual([9, 10, 11]);
  });

  it('looks where shifted ticks of the range lie, and no further than they do', () => {
    const shiftMs = -100 * windowMs;
    const spans = [{ shiftMs, firstWindow: 110, lastWindow: 500 }];
    expect(windowsOf(10 * windowMs + 100_000, 10 * windowMs + 200_000, spans)).toEqual([9, 10, 110]);
    expect(windowsOf(600 * windowMs, 600 * windowMs, spans)).toEqual([599, 600]);
  });
});
