import type { Statistic } from '@docksnap/contract';
import type { Steps } from './steps.ts';

/** An answer's steps, and the parts of them that are read: `perStep` parts make a step. */
export interface Resolution {
  readonly steps: Steps;
  readonly parts: Steps;
  readonly perStep: number;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** What one value stands for where a statistic chooses among values, by the length of the range. */
const partsByRange: readonly (readonly [rangeMs: number, partMs: number])[] = [
  [dayMs, 10_000],
  [7 * dayMs, minuteMs],
  [60 * dayMs, 5 * minuteMs],
  [Infinity, 60 * minuteMs],
];

/** A mean needs no parts; the largest value or a percentile is one among those of the parts of a step. */
export function resolutionOf(steps: Steps, statistic: Statistic): Resolution {
  if (statistic === 'mean') return { steps, parts: steps, perStep: 1 };
  const rangeMs = steps.count * steps.stepMs;
  const wantedMs = partsByRange.find(([longestMs]) => rangeMs <= longestMs)?.[1] ?? steps.stepMs;
  const stepMs = commonDivisor(steps.stepMs, wantedMs);
  const perStep = steps.stepMs / stepMs;
  return { steps, parts: { fromMs: steps.fromMs, stepMs, count: steps.count * perStep }, perStep };
}

function commonDivisor(one: number, other: number): number {
  return other === 0 ? one : commonDivisor(other, one % other);
}
