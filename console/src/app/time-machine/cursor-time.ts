import { moment, type RangeWindow } from '../time/time-range.ts';

/** Where the cursor stands, and what of the link was not followed. */
export interface ParsedCursor {
  /** Unix ms; null: at the end of the page's range. */
  readonly atMs: number | null;
  readonly ignored: string | null;
}

/** Reads `at` of a link: unix ms or ISO 8601. Nobody knows the future: the cursor stops at now. */
export function parseCursor(text: string | null, nowMs: number): ParsedCursor {
  if (text === null || text === '') return { atMs: null, ignored: null };
  const atMs = moment(text);
  if (Number.isNaN(atMs)) return { atMs: null, ignored: 'The link’s moment is none; showing the newest.' };
  if (atMs > nowMs) return { atMs: null, ignored: 'The link’s moment is still to come; showing the newest.' };
  return { atMs, ignored: null };
}

/** The stretch of time under the cursor: the page's own where it holds the cursor, else one as long around it. */
export function stripWindow(window: RangeWindow, atMs: number, nowMs: number): RangeWindow {
  if (atMs >= window.fromMs && atMs <= window.toMs) return window;
  const spanMs = window.toMs - window.fromMs;
  const stepMs = window.stepSeconds * 1000;
  const toMs = Math.floor(Math.min(nowMs, atMs + spanMs / 2) / stepMs) * stepMs;
  // The step under way is not over: a cursor in it stands in the last window all the same.
  const end = Math.max(toMs, Math.ceil(atMs / stepMs) * stepMs);
  return { ...window, fromMs: end - spanMs, toMs: end };
}

/** A moment within a window and not after now. */
export function clamped(ms: number, nowMs: number): number {
  return Math.round(Math.min(nowMs, Math.max(0, ms)));
}
