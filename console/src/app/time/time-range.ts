import { limits } from '@docksnap/contract';

/** The ranges that end now: how far back, and in what steps. The first is the default. */
export const lastRanges = [
  { last: '10m', label: '10 min', spanMs: 600_000, stepSeconds: 60 },
  { last: '15m', label: '15 min', spanMs: 900_000, stepSeconds: 15 },
  { last: '30m', label: '30 min', spanMs: 1_800_000, stepSeconds: 30 },
  { last: '1h', label: '1 h', spanMs: 3_600_000, stepSeconds: 60 },
] as const;

export type LastRange = (typeof lastRanges)[number];

/** What the URL says about time: a span that ends now and moves, or two fixed moments (unix ms). */
export type TimeRange =
  | { readonly kind: 'last'; readonly choice: LastRange }
  | { readonly kind: 'fixed'; readonly fromMs: number; readonly toMs: number; readonly stepSeconds: number };

export interface ParsedRange {
  readonly range: TimeRange;
  /** What could not be read, as a sentence for people; null when all was good. */
  readonly ignored: string | null;
}

/** A range's moments, steps aligned: a step ends at a multiple of its length. */
export interface RangeWindow {
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepSeconds: number;
}

const hour = 3600;
const day = 24 * hour;
const fixedSteps = [10, 15, 30, 60, 120, 300, 600, 900, 1800, hour, 2 * hour, 6 * hour, 12 * hour, day];
const wantedSteps = 60;
const longestMs = 366 * day * 1000;

const defaultRange: TimeRange = { kind: 'last', choice: lastRanges[0] };

function moment(text: string): number {
  return /^\d{1,16}$/.test(text) ? Number(text) : Date.parse(text);
}

function stepFor(spanMs: number): number {
  return fixedSteps.find((step) => spanMs / (step * 1000) <= wantedSteps) ?? day;
}

/** The step that the link asks for, if the range holds at least one and the API answers that many. */
function readStep(step: string | undefined, spanMs: number): number | undefined {
  if (step === undefined || !/^\d{1,5}$/.test(step)) return undefined;
  const count = spanMs / (Number(step) * 1000);
  return Number(step) <= day && count >= 1 && count <= limits.pointsPerSeries ? Number(step) : undefined;
}

function parseFixed(from: string, to: string, step: string | undefined): ParsedRange {
  const fromMs = moment(from);
  const toMs = moment(to);
  if (!Number.isFinite(fromMs) || !Number.isFinite(toMs))
    return { range: defaultRange, ignored: 'The link’s from and to are not moments; showing the last 10 minutes.' };
  if (fromMs >= toMs || toMs - fromMs > longestMs || fromMs < 0)
    return {
      range: defaultRange,
      ignored: 'The link’s from must lie before its to, by at most a year; showing the last 10 minutes.',
    };
  const spanMs = toMs - fromMs;
  const stepSeconds = readStep(step, spanMs) ?? stepFor(spanMs);
  return { range: { kind: 'fixed', fromMs, toMs, stepSeconds }, ignored: null };
}

/** Reads `last`, or `from` and `to` (unix ms or ISO 8601) with an optional `step` (seconds). Whatever is wrong falls back to the default and is named. */
export function parseRange(params: {
  last?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  step?: string | undefined;
}): ParsedRange {
  if (params.from !== undefined || params.to !== undefined)
    return parseFixed(params.from ?? '', params.to ?? '', params.step);
  if (params.last === undefined) return { range: defaultRange, ignored: null };
  const choice = lastRanges.find((candidate) => candidate.last === params.last);
  if (choice !== undefined) return { range: { kind: 'last', choice }, ignored: null };
  return {
    range: defaultRange,
    ignored: 'The link’s time range is not one of 10m, 15m, 30m, 1h; showing the last 10 minutes.',
  };
}

/**
 * The window that a range means at a moment. A moving window ends with the last step that is over: the one under way
 * has no value yet. It holds span / step whole steps.
 */
export function windowAt(range: TimeRange, nowMs: number): RangeWindow {
  if (range.kind === 'fixed') return { fromMs: range.fromMs, toMs: range.toMs, stepSeconds: range.stepSeconds };
  const { spanMs, stepSeconds } = range.choice;
  const stepMs = stepSeconds * 1000;
  const toMs = Math.floor(nowMs / stepMs) * stepMs;
  return { fromMs: toMs - spanMs, toMs, stepSeconds };
}

/** The query parameters that say a range; the default needs none. */
export function rangeParams(range: TimeRange): Record<'last' | 'from' | 'to' | 'step', string | null> {
  if (range.kind === 'fixed') {
    const { fromMs, toMs, stepSeconds } = range;
    return { last: null, from: String(fromMs), to: String(toMs), step: String(stepSeconds) };
  }
  return { last: range.choice.last === '10m' ? null : range.choice.last, from: null, to: null, step: null };
}

/** A step's length in words: "60 s", "5 min". */
export function stepLabel(stepSeconds: number): string {
  return stepSeconds < 120 ? `${stepSeconds}\u00a0s` : `${stepSeconds / 60}\u00a0min`;
}
