import type { RangeWindow } from '../time/time-range.ts';
import { formatDay, formatMinute } from '../units.ts';
import { isMidnight, timeTicks } from '../usage-chart/time-ticks.ts';
import type { Values } from '../usage-chart/chart.ts';

/** The strip is drawn in a box of this size, which is stretched to whatever room there is. */
export const box = { width: 1000, height: 64 } as const;
/** Room for labels of the time axis, in the pixels of a usual screen. */
const usualPixels = 900;

/** A moment's place, as a share of the window in percent. */
export function percent({ fromMs, toMs }: RangeWindow, ms: number): number {
  return ((ms - fromMs) / Math.max(1, toMs - fromMs)) * 100;
}

interface Points {
  readonly timestamps: readonly number[];
  readonly values: Values;
}

/** The area under known values as the path of an SVG; unknown steps leave it open. `top` is the value at full height. */
export function areaPath({ timestamps, values }: Points, window: RangeWindow, top: number): string {
  const stepMs = window.stepSeconds * 1000;
  const x = (ms: number) => ((percent(window, ms) / 100) * box.width).toFixed(1);
  const y = (value: number) => (box.height - (Math.min(value, top) / top) * box.height).toFixed(1);
  const parts: string[] = [];
  for (const [index, ms] of timestamps.entries()) {
    const value = values[index] ?? null;
    if (value === null || ms < window.fromMs || ms > window.toMs) continue;
    const isFirst = (values[index - 1] ?? null) === null;
    const isLast = (values[index + 1] ?? null) === null;
    if (isFirst) parts.push(`M${x(Math.max(window.fromMs, ms - stepMs))} ${box.height}V${y(value)}`);
    parts.push(`L${x(ms)} ${y(value)}`);
    if (isLast) parts.push(`V${box.height}Z`);
  }
  return parts.join('');
}

/** Labels under the strip; midnight has its date. */
export function stripTicks(window: RangeWindow) {
  return timeTicks(window.fromMs, window.toMs, usualPixels)
    .map((ms) => ({ ms, left: percent(window, ms), isDay: isMidnight(ms), words: words(ms) }))
    .filter(({ left }) => left >= 2 && left <= 98);
}

function words(ms: number): string {
  return isMidnight(ms) ? formatDay(ms) : formatMinute(ms);
}

/** The moment that a key moves the cursor to, unix ms; null for a key that does not. */
export function keyMoment(
  event: { readonly key: string; readonly shiftKey: boolean },
  atMs: number,
  window: RangeWindow,
) {
  const by = (event.shiftKey ? 6 : 1) * smallStepMs;
  switch (event.key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return atMs - by;
    case 'ArrowRight':
    case 'ArrowUp':
      return atMs + by;
    case 'PageDown':
      return atMs - (window.toMs - window.fromMs) / 10;
    case 'PageUp':
      return atMs + (window.toMs - window.fromMs) / 10;
    case 'Home':
      return window.fromMs;
    case 'End':
      return window.toMs;
    default:
      return null;
  }
}

/** Nodes report about this often: a smaller step shows the same samples again. */
export const smallStepMs = 10_000;
