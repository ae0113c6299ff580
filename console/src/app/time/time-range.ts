import { limits } from '@docksnap/contract';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * The ranges that end now: how far back, and in what steps. The first is the default. `shown` ones stand in the time
 * bar, the others in its picker.
 */
export const lastRanges = [
  { last: '10m', label: '10 min', spanMs: 10 * minuteMs, stepSeconds: 60, shown: true },
  { last: '15m', label: '15 min', spanMs: 15 * minuteMs, stepSeconds: 15, shown: false },
  { last: '30m', label: '30 min', spanMs: 30 * minuteMs, stepSeconds: 30, shown: false },
  { last: '1h', label: '1 h', spanMs: hourMs, stepSeconds: 60, shown: true },
  { last: '3h', label: '3 h', spanMs: 3 * hourMs, stepSeconds: 60, shown: false },
  { last: '6h', label: '6 h', spanMs: 6 * hourMs, stepSeconds: 120, shown: true },
  { last: '12h', label: '12 h', spanMs: 12 * hourMs, stepSeconds: 120, shown: false },
  { last: '24h', label: '24 h', spanMs: dayMs, stepSeconds: 300, shown: true },
  { last: '2d', label: '2 d', spanMs: 2 * dayMs, stepSeconds: 600, shown: false },
  { last: '7d', label: '7 d', spanMs: 7 * dayMs, stepSeconds: 1800, shown: true },
  { last: '30d', label: '30 d', spanMs: 30 * dayMs, stepSeconds: 7200, shown: true },
  { last: '90d', label: '90 d', spanMs: 90 * dayMs, stepSeconds: 21_600, shown: false },
  { last: '1y', label: '1 y', spanMs: 365 * dayMs, stepSeconds: 86_400, shown: false },
  { last: '2y', label: '2 y', spanMs: 730 * dayMs, stepSeconds: 86_400, shown: false },
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

const fixedSteps = [10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400];
const longestStep = 86_400;
/** Points that a fixed range is cut into at most. */
const wantedPoints = 180;
export const longestSpanMs = 730 * dayMs;
/** Below this nothing is to be seen: a node reports each few seconds. */
export const shortestSpanMs = minuteMs;

const defaultRange: TimeRange = { kind: 'last', choice: lastRanges[0] };

/** A moment of a link, unix ms or ISO 8601; NaN for what is none. */
export function moment(text: string): number {
  const ms = /^\d{1,16}$/.test(text) ? Number(text) : Date.parse(text);
  return ms >= 0 && ms <= 8_640_000_000_000_000 ? ms : NaN;
}

function stepFor(spanMs: number): number {
  return fixedSteps.find((step) => spanMs / (step * 1000) <= wantedPoints) ?? longestStep;
}

/** The step that the link asks for, if the range holds at least one and the API answers that many. */
function readStep(step: string | undefined, spanMs: number): number | undefined {
  if (step === undefined || !/^[1-9]\d{0,4}$/.test(step)) return undefined;
  const count = spanMs / (Number(step) * 1000);
  return Number(step) <= longestStep && count >= 1 && count <= limits.pointsPerSeries ? Number(step) : undefined;
}

/** A range between two moments; its step follows from its length. */
export function fixedRange(fromMs: number, toMs: number): TimeRange {
  return { kind: 'fixed', fromMs, toMs, stepSeconds: stepFor(toMs - fromMs) };
}

function parseFixed(from: string, to: string, step: string | undefined): ParsedRange {
  const moments = [moment(from), moment(to)];
  const [fromMs = NaN, toMs = NaN] = moments.toSorted((a, b) => a - b);
  if (moments.some(Number.isNaN) || fromMs === toMs)
    return {
      range: defaultRange,
      ignored: 'The link’s from and to are not two moments; showing the last 10 minutes.',
    };
  if (toMs - fromMs > longestSpanMs)
    return {
      range: fixedRange(toMs - longestSpanMs, toMs),
      ignored: 'The link asks for more than two years; showing the last two of them.',
    };
  const spanMs = toMs - fromMs;
  const range = { kind: 'fixed', fromMs, toMs, stepSeconds: readStep(step, spanMs) ?? stepFor(spanMs) } as const;
  return { range, ignored: moments[0] === fromMs ? null : 'The link’s from lay after its to; they are swapped.' };
}

const spans: Readonly<Record<string, number>> = { m: minuteMs, h: hourMs, d: dayMs, w: 7 * dayMs, y: 365 * dayMs };

/** The offered range that is nearest to a duration such as 90m, 2h or 3w; undefined for what is no duration. */
function nearestChoice(last: string): LastRange | undefined {
  const [, count, unit] = /^([1-9]\d{0,4})([mhdwy])$/.exec(last) ?? [];
  if (count === undefined || unit === undefined) return undefined;
  const spanMs = Number(count) * (spans[unit] ?? 0);
  const distance = (choice: LastRange) => Math.abs(Math.log(choice.spanMs / spanMs));
  return lastRanges.reduce<LastRange>((best, one) => (distance(one) < distance(best) ? one : best), lastRanges[0]);
}

/**
 * Reads `last`, or `from` and `to` (unix ms or ISO 8601) with an optional `step` (seconds). What is wrong gives the
 * nearest range that there is, and is named.
 */
export function parseRange(params: {
  last?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  step?: string | undefined;
}): ParsedRange {
  if (params.from !== undefined || params.to !== undefined)
    return parseFixed(params.from ?? '', params.to ?? '', params.step);
  if (params.last === undefined) return { range: defaultRange, ignored: null };
  const choice = nearestChoice(params.last);
  if (choice === undefined)
    return { range: defaultRange, ignored: 'The link’s time range is none; showing the last 10 minutes.' };
  const isOffered = choice.last === params.last;
  const ignored = isOffered ? null : `There is no range of that length; showing the nearest, the last ${choice.label}.`;
  return { range: { kind: 'last', choice }, ignored };
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

/** Whether two windows show the same. */
export function sameWindow(a: RangeWindow, b: RangeWindow): boolean {
  return a.fromMs === b.fromMs && a.toMs === b.toMs && a.stepSeconds === b.stepSeconds;
}

/** The query parameters that say a range; the default needs none. */
export function rangeParams(range: TimeRange): Record<'last' | 'from' | 'to' | 'step', string | null> {
  if (range.kind === 'fixed') {
    const { fromMs, toMs, stepSeconds } = range;
    return { last: null, from: String(fromMs), to: String(toMs), step: String(stepSeconds) };
  }
  return { last: range.choice.last === '10m' ? null : range.choice.last, from: null, to: null, step: null };
}

/** A step's length in words: "60 s", "5 min", "2 h", "1 d". */
export function stepLabel(stepSeconds: number): string {
  if (stepSeconds < 120) return `${stepSeconds}\u00a0s`;
  if (stepSeconds < 7200) return `${stepSeconds / 60}\u00a0min`;
  return stepSeconds < 86_400 ? `${stepSeconds / 3600}\u00a0h` : `${stepSeconds / 86_400}\u00a0d`;
}
