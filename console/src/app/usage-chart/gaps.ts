import { limits } from '@docksnap/contract';
import type { Chart } from './chart.ts';

/** A stretch of which nothing is known, between two drawn points or the chart's edges. Unix ms. */
export interface Gap {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Empty steps at the right edge are not a gap yet: their samples may still be on their way. */
function patience(stepSeconds: number): number {
  return Math.max(1, Math.ceil(limits.gapFloorMs / (stepSeconds * 1000)));
}

/** Where no line of the chart has a value. Gaps are drawn as such, never bridged. */
export function findGaps(chart: Chart): readonly Gap[] {
  const { timestamps } = chart;
  const known = timestamps.map((_, index) => chart.lines.some((line) => typeof line.values[index] === 'number'));
  const gaps: Gap[] = [];
  let start = known[0] === false ? 0 : -1;
  for (let index = 1; index < known.length; index += 1) {
    if (known[index] === false && known[index - 1] === true) start = index - 1;
    if (known[index] === true && known[index - 1] === false) gaps.push(between(timestamps, start, index));
  }
  const missing = known.length - 1 - known.lastIndexOf(true);
  if (missing > patience(chart.window.stepSeconds))
    gaps.push(between(timestamps, Math.max(0, known.length - 1 - missing), known.length - 1));
  return gaps;
}

function between(timestamps: readonly number[], from: number, to: number): Gap {
  return { fromMs: timestamps[from] ?? 0, toMs: timestamps[to] ?? 0 };
}
