import type { Block } from '@docksnap/contract';
import { windowOf } from './identifiers.ts';
import type { ShiftedSpan } from './schemas.ts';

/** Shifts that differ by less than this are kept as one: each push measures it a little differently. */
const toleranceMs = 60_000;
/** A clock that jumps about more than this often makes the nearest spans grow together. */
const mostSpans = 64;

/** The spans with one more window that holds ticks shifted by shiftMs; the same array when nothing changes. */
export function withShift(spans: readonly ShiftedSpan[], shiftMs: number, window: number): readonly ShiftedSpan[] {
  if (shiftMs === 0) return spans;
  const near = spans.findIndex((span) => Math.abs(span.shiftMs - shiftMs) < toleranceMs);
  const at = near === -1 && spans.length >= mostSpans ? nearest(spans, shiftMs) : near;
  const span = spans[at];
  if (span === undefined) return [...spans, { shiftMs, firstWindow: window, lastWindow: window }];
  if (span.firstWindow <= window && window <= span.lastWindow) return spans;
  const grown = {
    ...span,
    firstWindow: Math.min(span.firstWindow, window),
    lastWindow: Math.max(span.lastWindow, window),
  };
  return spans.with(at, grown);
}

function nearest(spans: readonly ShiftedSpan[], shiftMs: number): number {
  const distances = spans.map((span) => Math.abs(span.shiftMs - shiftMs));
  return distances.indexOf(Math.min(...distances));
}

/**
 * The windows that may hold ticks of [fromMs, toMs], ascending. A block lies in the window of its first tick and spans
 * one window at most, so the one before is looked at too; shifted ticks lie elsewhere.
 */
export function windowsOf(fromMs: number, toMs: number, spans: readonly ShiftedSpan[]): readonly number[] {
  const windows = new Set<number>();
  addRange(windows, windowOf(fromMs) - 1, windowOf(toMs));
  for (const span of spans) {
    const first = windowOf(fromMs - span.shiftMs - toleranceMs) - 1;
    const last = windowOf(toMs - span.shiftMs + toleranceMs);
    addRange(windows, Math.max(first, span.firstWindow), Math.min(last, span.lastWindow));
  }
  return [...windows].sort((a, b) => a - b);
}

function addRange(windows: Set<number>, first: number, last: number): void {
  for (let window = first; window <= last; window += 1) windows.add(window);
}

/** The block with all its times moved by shiftMs: ticks, and starts where they are known. */
export function shifted(block: Block, shiftMs: number): Block {
  if (shiftMs === 0) return block;
  return {
    ...block,
    tickTimes: block.tickTimes.map((time) => time + shiftMs),
    entities: block.entities.map((entity) =>
      entity.startedAtMs === 0 ? entity : { ...entity, startedAtMs: Math.max(1, entity.startedAtMs + shiftMs) },
    ),
  };
}
