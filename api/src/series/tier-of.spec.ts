import { describe, expect, it } from '@jest/globals';
import { stepsIn, stepsWatched, tierOf } from './tier-of.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

describe('tierOf', () => {
  it.each([
    ['a day by minutes', minuteMs, 1440, 'm1'],
    ['an hour by minutes', minuteMs, 60, 'raw'],
    ['half minutes', minuteMs / 2, 1440, 'raw'],
    ['an hour by five minutes', 5 * minuteMs, 12, 'raw'],
    ['two hours by five minutes', 5 * minuteMs, 24, 'm5'],
    ['a day by hours', hourMs, 24, 'm5'],
    ['a week by hours', hourMs, 168, 'h1'],
    ['two years by days', dayMs, 730, 'h1'],
    ['a week by seven minutes', 7 * minuteMs, 1440, 'm1'],
  ])('of %s', (_sentence, stepMs, count, tier) => {
    expect(tierOf({ fromMs: 0, stepMs, count })).toBe(tier);
  });
});

describe('stepsWatched', () => {
  it.each([
    ['all, however their times were rounded', [60_000, 59_999, 60_000], 3],
    ['those before the first that was not', [60_000, 30_000, 60_000], 1],
    ['none where the first was not', [0, 60_000], 0],
  ])('are %s', (_sentence, watchedMs, count) => {
    expect(stepsWatched(Float64Array.from(watchedMs), minuteMs)).toBe(count);
  });
});

describe('stepsIn', () => {
  const steps = { fromMs: dayMs, stepMs: hourMs, count: 10 };
  const longAfterMs = 9 * dayMs;

  it.each([
    ['all of the past', dayMs + 10 * hourMs, longAfterMs, 10],
    ['no more than there are', dayMs + 99 * hourMs, longAfterMs, 10],
    ['whole steps alone', dayMs + 3.5 * hourMs, longAfterMs, 3],
    ['none that is newer than what is rolled up by now', dayMs + 5 * hourMs, dayMs + 5 * hourMs, 3],
    ['none where nothing is known', dayMs, longAfterMs, 0],
    ['none of a time to come', dayMs, 0, 0],
  ])('are %s', (_sentence, throughMs, nowMs, count) => {
    expect(stepsIn('h1', steps, throughMs, nowMs)).toBe(count);
  });
});
