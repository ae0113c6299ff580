import { describe, expect, it } from '@jest/globals';
import { noonMs } from '../../testing/answers.ts';
import { isMidnight, timeTicks } from './time-ticks.ts';

const minute = 60_000;

describe('timeTicks', () => {
  it.each([
    ['two minutes apart in ten minutes', 10, 500, 2],
    ['further apart on a narrow chart', 10, 250, 5],
    ['ten minutes apart in an hour', 60, 500, 10],
    ['hours apart in a day', 24 * 60, 500, 240],
  ])('%s', (_sentence, spanMinutes, pixels, apartMinutes) => {
    const ticks = timeTicks(noonMs - spanMinutes * minute, noonMs, pixels);
    const apart = ticks.slice(1).map((tick, index) => tick - (ticks[index] ?? 0));
    expect(new Set(apart)).toEqual(new Set([Math.max(apartMinutes * minute, Math.min(...apart))]));
    expect(ticks.length).toBeLessThanOrEqual(Math.floor(pixels / 64) + 1);
  });

  it('stands on round moments, not on the edges', () => {
    const ticks = timeTicks(noonMs + 17_000, noonMs + 10 * minute + 17_000, 500);
    expect(ticks.every((tick) => tick % (2 * minute) === 0)).toBe(true);
    expect(ticks[0]).toBe(noonMs + 2 * minute);
  });

  it('knows local midnight', () => {
    const midnight = new Date(2026, 10, 24).getTime();
    expect([midnight, midnight + minute].map(isMidnight)).toEqual([true, false]);
  });
});
