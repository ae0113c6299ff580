import { describe, expect, it } from '@jest/globals';
import { limits, type SeriesAnswer } from '@docksnap/contract';
import { dueSteps, Told } from './points.ts';

const noonMs = Date.UTC(2026, 10, 24, 12);
const minuteMs = 60_000;

describe('dueSteps', () => {
  it.each([
    ['the last two minutes for a reader that was told just now', noonMs + 5000, 10_000, noonMs - 120_000, 12],
    [
      'what was over since a reader was told, and what was not settled then',
      noonMs - 10 * minuteMs,
      minuteMs,
      noonMs - 12 * minuteMs,
      12,
    ],
    ['one step before at least, however long a step is', noonMs, 3_600_000, noonMs - 3_600_000, 1],
    [
      'no more than one answer may hold',
      0,
      1000,
      noonMs + 5000 - limits.pointsPerSeries * 1000,
      limits.pointsPerSeries,
    ],
    ['nothing of the future for a reader whose clock is ahead', noonMs + 3_600_000, minuteMs, noonMs - 2 * minuteMs, 2],
  ])('are %s', (_sentence, toldMs, stepMs, fromMs, count) => {
    expect(dueSteps(stepMs, noonMs + 5000, toldMs)).toEqual({ fromMs, stepMs, count });
  });
});

function answer(first: number, values: (number | null)[]): SeriesAnswer {
  const timestamps = values.map((_, index) => (first + index) * minuteMs);
  return {
    fromMs: (first - 1) * minuteMs,
    toMs: (first - 1 + values.length) * minuteMs,
    stepSeconds: 60,
    timestamps,
    statistic: 'mean',
    resolutionSeconds: 60,
    tier: 'raw',
    coveredShare: 1,
    metrics: { cpuCores: { unit: 'cores', values } },
    partial: null,
  };
}

describe('Told', () => {
  it('takes everything for news at first', () => {
    expect(new Told().news(answer(10, [1, null]))).toEqual(answer(10, [1, null]));
  });

  it('finds the steps that changed, were added, and lie between', () => {
    const told = new Told();
    told.news(answer(10, [1, 2, 3]));
    expect(told.news(answer(11, [2, 4, 5]))).toEqual(answer(12, [4, 5]));
  });

  it('finds no news where nothing changed', () => {
    const told = new Told();
    told.news(answer(10, [1, 2]));
    expect(told.news(answer(10, [1, 2]))).toBeNull();
  });
});
