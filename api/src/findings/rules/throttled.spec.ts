import { describe, expect, it } from '@jest/globals';
import type { CpuMinute } from '../judgement.ts';
import { minuteMs, minutesOf, nowMs, someFacts } from '../testing/facts.ts';
import { throttledOf } from './throttled.ts';

const all = (share: number): number[] => Array.from({ length: 15 }, () => share);

describe('throttledOf', () => {
  it.each<[string, CpuMinute[], 'warning' | 'notice', number]>([
    ['is held back in every minute', minutesOf(all(0.38)), 'warning', 15],
    ['is held back a little', minutesOf(all(0.12)), 'notice', 15],
    [
      'is held back with a quiet minute now and then',
      minutesOf(all(0.4).map((share, at) => (at % 5 === 0 ? 0 : share))),
      'warning',
      14,
    ],
    ['is held back since nine minutes', minutesOf(all(0.4).map((share, at) => (at < 6 ? 0 : share))), 'warning', 9],
  ])('finds who %s', (_sentence, cpu, urgency, minutes) => {
    const found = throttledOf(someFacts({ cpu }));
    expect(found).toMatchObject({ kind: 'throttled', urgency, chart: 'cpu', sinceMs: nowMs - minutes * minuteMs });
    expect(found?.sentence).toMatch(
      /^is throttled in \d+ % of its periods, for \d+ min or more: its limit of 0.5 cores/,
    );
  });

  it.each<[string, CpuMinute[]]>([
    ['is never held back', minutesOf(all(0))],
    ['has a short burst: three minutes of ten', minutesOf(all(0).map((_, at) => (at >= 9 && at < 12 ? 0.9 : 0)))],
    ['has bursts: every other minute', minutesOf(all(0).map((_, at) => (at % 2 === 0 ? 0.9 : 0)))],
    ['is held back in 9 % of its periods', minutesOf(all(0.09))],
    ['hardly runs: half of ten periods a minute say nothing', minutesOf(all(0.5), 10)],
    ['was held back until six minutes ago', minutesOf(all(0.5).map((share, at) => (at < 9 ? share : 0)))],
    ['has no limit, so that nobody counts periods', minutesOf(all(NaN), NaN)],
    ['is known for four minutes', minutesOf([0.9, 0.9, 0.9, 0.9])],
    ['is not known', []],
  ])('finds nobody who %s', (_sentence, cpu) => {
    expect(throttledOf(someFacts({ cpu }))).toBeUndefined();
  });

  it('knows from the past since when', () => {
    const cpu = minutesOf(all(0.4));
    const old = minutesOf([0, 0, 0, 0.5, 0.5, 0.5]).map((step, at) => ({
      ...step,
      endMs: nowMs - 15 * minuteMs - (5 - at) * 5 * minuteMs,
    }));
    expect(throttledOf(someFacts({ cpu, past: { memory: [], cpu: old } }))).toMatchObject({
      sinceMs: nowMs - 30 * minuteMs,
      sentence: expect.stringContaining('for 30 min'),
    });
  });
});
