import { describe, expect, it } from '@jest/globals';
import { resolutionOf } from './resolution.ts';

const hour = 3600;

describe('resolutionOf', () => {
  it.each([
    ['an hour by minutes', 60, 60, 10],
    ['a day by five minutes', 300, 288, 10],
    ['a week by half hours', 1800, 336, 60],
    ['a month by hours', hour, 720, 300],
    ['a year by days', 24 * hour, 365, hour],
    ['steps shorter than that', 5, 100, 5],
    ['steps that are no multiple of that', 15, 100, 5],
  ])('reads a percentile over %s, of %i s each', (_sentence, stepSeconds, count, partSeconds) => {
    const { parts, perStep } = resolutionOf({ fromMs: 0, stepMs: stepSeconds * 1000, count }, 'p95');
    expect(parts.stepMs).toBe(partSeconds * 1000);
    expect(parts.count * parts.stepMs).toBe(count * stepSeconds * 1000);
    expect(perStep * parts.stepMs).toBe(stepSeconds * 1000);
  });

  it('reads a mean in whole steps', () => {
    const steps = { fromMs: 0, stepMs: 60_000, count: 60 };
    expect(resolutionOf(steps, 'mean')).toEqual({ steps, parts: steps, perStep: 1 });
  });
});
