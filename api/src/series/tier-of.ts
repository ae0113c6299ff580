import type { Tier } from '@docksnap/contract';
import { tiers, type TierName } from '../tiers/tiers.ts';
import type { Steps } from './steps.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Windows are sealed and rolled up within this time after their end. */
const rolledUpAfterMs = hourMs / 2;

/** Where steps are read: shorter ranges and steps of other lengths need the samples themselves. */
export function tierOf({ stepMs, count }: Steps): Tier {
  const rangeMs = stepMs * count;
  if (stepMs % tiers.h1.stepMs === 0 && rangeMs >= 2 * dayMs) return 'h1';
  if (rangeMs <= hourMs) return 'raw';
  if (stepMs % tiers.m5.stepMs === 0) return 'm5';
  return stepMs % tiers.m1.stepMs === 0 ? 'm1' : 'raw';
}

/** How many of the first steps are whole in a tier that knows of the time until throughMs: the rest is read raw. */
export function stepsIn(tier: TierName, { fromMs, stepMs, count }: Steps, throughMs: number, nowMs: number): number {
  // The newest sums may be of a part of their step.
  const wholeMs = Math.min(throughMs, nowMs - tiers[tier].stepMs - rolledUpAfterMs);
  return Math.min(count, Math.max(0, Math.floor((wholeMs - fromMs) / stepMs)));
}

/** How many of the first steps were watched from end to end. */
export function stepsWatched(watchedMs: Float64Array, stepMs: number): number {
  // Sums of times are whole ms, each rounded.
  const gap = watchedMs.findIndex((ms) => ms < stepMs - 1);
  return gap === -1 ? watchedMs.length : gap;
}

/** An axis from a step on. */
export function after({ fromMs, stepMs, count }: Steps, first: number): Steps {
  return { fromMs: fromMs + first * stepMs, stepMs, count: count - first };
}

/** The first steps of an axis. */
export function before(steps: Steps, end: number): Steps {
  return { ...steps, count: end };
}
