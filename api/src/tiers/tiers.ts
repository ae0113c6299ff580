import type { Steps } from '../series/steps.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export type TierName = 'm1' | 'm5' | 'h1';

/** Sums of one length of step; a document holds a span of them. */
export interface Tier {
  /** Also the name of its collection. */
  readonly name: TierName;
  readonly stepMs: number;
  readonly stepsPerSpan: number;
}

/** By length of step. `m1` is kept of nodes that are scraped at least each `minuteTierIntervalMs`. */
export const tiers = {
  m1: { name: 'm1', stepMs: minuteMs, stepsPerSpan: 120 },
  m5: { name: 'm5', stepMs: 5 * minuteMs, stepsPerSpan: 72 },
  h1: { name: 'h1', stepMs: hourMs, stepsPerSpan: 168 },
} as const satisfies Record<TierName, Tier>;

/** Of ten-second samples a minute's sums would take half the room of the samples themselves. */
export const minuteTierIntervalMs = 5000;

function spanMsOf(tier: Tier): number {
  return tier.stepMs * tier.stepsPerSpan;
}

/** The number of the span whose steps hold a time: whole spans since 1970, each (start, end]. */
export function spanOf(tier: Tier, timeMs: number): number {
  return Math.ceil(timeMs / spanMsOf(tier)) - 1;
}

/** The time axis of a span. */
export function stepsOfSpan(tier: Tier, span: number): Steps {
  return { fromMs: span * spanMsOf(tier), stepMs: tier.stepMs, count: tier.stepsPerSpan };
}

/** The whole steps of a tier that (fromMs, toMs] touches. */
export function stepsAround(tier: Tier, fromMs: number, toMs: number): Steps {
  const { stepMs } = tier;
  const first = Math.floor(fromMs / stepMs);
  return { fromMs: first * stepMs, stepMs, count: Math.ceil(toMs / stepMs) - first };
}

/** The end of an axis, unix ms. */
export function endOf({ fromMs, stepMs, count }: Steps): number {
  return fromMs + count * stepMs;
}

/** The spans that an axis touches. */
export function spansOf(tier: Tier, steps: Steps): readonly number[] {
  const first = spanOf(tier, steps.fromMs + 1);
  return Array.from({ length: spanOf(tier, endOf(steps)) - first + 1 }, (_, index) => first + index);
}
