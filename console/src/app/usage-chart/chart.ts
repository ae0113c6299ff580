import type { RangeWindow } from '../time/time-range.ts';

/** What the values count: cores, bytes, bytes per second, or a share of 0 to 1. */
export type Measure = 'cores' | 'bytes' | 'bytesPerSecond' | 'share';

/**
 * The inks of the design. Charts of one thing use 1 for used, 2 for cache, 3 for RSS, 7 for in and read, 4 for out and
 * written; `other` is the sum of what is not named, `earlier` the period before.
 */
export type SeriesSlot = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 'other' | 'earlier';

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

/** What happened at a moment: it stands in a lane above the lines, and a hairline falls through them. */
export interface ChartEvent {
  readonly kind: 'deploy' | 'oom' | 'restart';
  /** Unix ms. */
  readonly atMs: number;
  readonly label: string;
}

/** What a chart shows, in the measure's own unit. */
export interface Chart {
  /** Names the chart in the URL: short, without commas. */
  readonly key: string;
  readonly title: string;
  /** Words beside the title; empty for none. */
  readonly note: string;
  readonly measure: Measure;
  readonly window: RangeWindow;
  /** The end of each step, unix ms, ascending. */
  readonly timestamps: readonly number[];
  readonly lines: readonly ChartLine[];
  /** The lines lie on each other: their sum is the chart's height. */
  readonly stacked: boolean;
  readonly bounds: readonly ChartBound[];
  readonly strip: ChartStrip | null;
  readonly events: readonly ChartEvent[];
}

/** The index of the newest known value, or -1. */
export function lastKnown(values: Values): number {
  return values.findLastIndex((value) => value !== null);
}

/** The largest value that is drawn: of one line, or of the lines' sum where they are stacked. 0 without values. */
export function highestValue(chart: Chart): number {
  let highest = 0;
  for (let index = 0; index < chart.timestamps.length; index += 1) {
    let sum = 0;
    for (const line of chart.lines) {
      const value = line.values[index] ?? 0;
      sum = chart.stacked ? sum + value : Math.max(sum, value);
    }
    highest = Math.max(highest, sum);
  }
  return highest;
}
