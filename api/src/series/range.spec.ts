import { describe, expect, it } from '@jest/globals';
import { limits } from '@docksnap/contract';
import { Problem } from '../problem/problem.ts';
import { stepsOf } from './range.ts';

const nowMs = Date.UTC(2026, 10, 24, 12, 0, 37);
const noonMs = Date.UTC(2026, 10, 24, 12);

describe('stepsOf', () => {
  it.each([
    ['the last ten minutes that are over, in steps of a minute, by default', { stepSeconds: 60 }, noonMs - 600_000, 10],
    ['ten minutes before a `to`', { stepSeconds: 60, to: noonMs - 30_000 }, noonMs - 660_000, 10],
    ['until now after a `from`', { stepSeconds: 60, from: noonMs - 120_000 }, noonMs - 120_000, 2],
    ['one step at least when a step is longer than ten minutes', { stepSeconds: 3600 }, noonMs - 3_600_000, 1],
    [
      'as many steps as the range is long, wherever it begins',
      { stepSeconds: 60, from: noonMs - 90_000, to: noonMs + 30_000 },
      noonMs - 120_000,
      2,
    ],
  ])('gives %s', (_sentence, asked, fromMs, count) => {
    expect(stepsOf(asked, nowMs)).toEqual({ fromMs, stepMs: asked.stepSeconds * 1000, count });
  });

  it('allows as many points as the limit, and names the parameter and a way out for one more', () => {
    const to = noonMs;
    const from = to - limits.pointsPerSeries * 1000;
    expect(stepsOf({ from, to, stepSeconds: 1 }, nowMs).count).toBe(limits.pointsPerSeries);
    const problem = thrown(() => stepsOf({ from: from - 1000, to, stepSeconds: 1 }, nowMs));
    expect(problem.getStatus()).toBe(422);
    expect(problem.details.parameter).toBe('stepSeconds');
    expect(problem.message).toBe(
      'steps of 1 s make 5001 points, more than 5000; ask for stepSeconds=2 or more, or for a shorter range',
    );
  });

  it.each([
    ['ends before it begins', { from: noonMs, to: noonMs - 600_000 }],
    ['is shorter than a step', { from: noonMs + 1000, to: noonMs + 2000 }],
  ])('refuses a range that %s', (_sentence, asked) => {
    const problem = thrown(() => stepsOf({ stepSeconds: 60, ...asked }, nowMs));
    expect([problem.getStatus(), problem.details.parameter]).toEqual([422, 'from']);
  });
});

function thrown(act: () => unknown): Problem {
  try {
    act();
  } catch (error) {
    if (error instanceof Problem) return error;
  }
  throw new Error('no problem was thrown');
}
