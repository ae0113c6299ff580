import { timeZone } from '../units.ts';

const minute = 60_000;
const hour = 60 * minute;
const steps = [1, 2, 5, 10, 15, 30]
  .map((count) => count * minute)
  .concat([1, 2, 3, 6, 12, 24].map((count) => count * hour));
const pixelsPerTick = 64;

/** How far the reader's time is ahead of UTC at a moment, ms. */
function offsetMs(ms: number): number {
  return timeZone() === 'UTC' ? 0 : -new Date(ms).getTimezoneOffset() * minute;
}

/** Round moments of local time between two moments (unix ms), no closer than labels are wide. */
export function timeTicks(fromMs: number, toMs: number, pixels: number): readonly number[] {
  const most = Math.max(2, Math.floor(pixels / pixelsPerTick));
  const step =
    steps.find((candidate) => (toMs - fromMs) / candidate <= most) ??
    24 * hour * Math.ceil((toMs - fromMs) / (24 * hour * most));
  const offset = offsetMs(fromMs);
  const first = Math.ceil((fromMs + offset) / step) * step - offset;
  const count = Math.max(0, Math.floor((toMs - first) / step) + 1);
  return Array.from({ length: count }, (_, index) => first + index * step);
}

/** Whether a moment is midnight in local time. */
export function isMidnight(ms: number): boolean {
  return (ms + offsetMs(ms)) % (24 * hour) === 0;
}
