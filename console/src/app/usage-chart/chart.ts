import type { RangeWindow } from '../time/time-range.ts';

export type Measure = 'cores' | 'bytes';

/** The fixed inks of the design: charts of one thing use 1 for used, 2 for cache, 3 for RSS. */
export type SeriesSlot = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** One value per timestamp; null where nothing is known. */
export type Values = readonly (number | null)[];

export interface ChartLine {
  readonly key: string;
  readonly label: string;
  readonly slot: SeriesSlot;
  readonly values: Values;
}

/** A constant to compare with: a limit is dashed, a request dotted. In the chart's measure. */
export interface ChartBound {
  readonly kind: 'limit' | 'request';
  readonly label: string;
  readonly value: number;
}

/** A share of 0 to 1 over time, drawn as a low strip below the lines. */
export interface ChartStrip {
  readonly label: string;
  readonly slot: SeriesSlot;
  readonly values: Values;
}

/** What a chart shows, in the measure's own unit: cores or bytes. */
export interface Chart {
  readonly title: string;
  readonly measure: Measure;
  readonly window: RangeWindow;
  /** The end of each step, unix ms, ascending. */
  readonly timestamps: readonly number[];
  readonly lines: readonly ChartLine[];
  readonly bounds: readonly ChartBound[];
  readonly strip: ChartStrip | null;
}

/** The index of the newest known value, or -1. */
export function lastKnown(values: Values): number {
  return values.findLastIndex((value) => value !== null);
}
