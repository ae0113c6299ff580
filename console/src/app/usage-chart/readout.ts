import { formatShare } from '../units.ts';
import { lineFormat } from './chart-summary.ts';
import type { Chart, SeriesSlot } from './chart.ts';
import type { ValueScale } from './value-scale.ts';

/** A line's value at the cursor, ready to be read. */
export interface ReadoutLine {
  readonly key: string;
  readonly label: string;
  readonly slot: SeriesSlot;
  readonly words: string;
}

/** The values of all lines at a step, the largest first; the strip's share last. */
export function readout(chart: Chart, scale: ValueScale, index: number): readonly ReadoutLine[] {
  const format = lineFormat(scale);
  const lines = chart.lines
    .map((line) => ({ line, value: line.values[index] ?? null }))
    .toSorted((a, b) => (b.value ?? -1) - (a.value ?? -1))
    .map(({ line: { key, label, slot }, value }) => ({ key, label, slot, words: format(value) }));
  const { strip } = chart;
  if (strip === null) return lines;
  const words = formatShare(strip.values[index] ?? null);
  return [...lines, { key: 'strip', label: strip.label, slot: strip.slot, words }];
}
