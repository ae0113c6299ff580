import type { Chart } from './chart.ts';
import type { ValueScale } from './value-scale.ts';

/** Pixels of a chart: where its lines, its strip and its margin stand. The same on all charts of a column. */
export interface PlotArea {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly height: number;
  readonly width: number;
  /** Whether names stand in the right margin; else inside, above their line. */
  readonly margin: boolean;
  readonly strip: { readonly top: number; readonly height: number } | null;
  /** The whole element. */
  readonly totalHeight: number;
  readonly fromMs: number;
  readonly toMs: number;
}

const left = 52;
/** Room for the lane of events. */
const top = 26;
const axisHeight = 26;
const stripHeight = 26;
const stripGap = 14;
const marginWidth = 116;
/** Half of a time label, which stands out at the right edge. */
const labelHalf = 20;
const narrow = 480;

/** The layout of a chart in an element of a width and a height of its main part (pixels). */
export function plotArea(chart: Chart, width: number, mainHeight: number): PlotArea {
  const margin = width >= narrow;
  const right = margin ? marginWidth : labelHalf;
  const height = mainHeight - top - axisHeight;
  const strip = chart.strip === null ? null : { top: top + height + stripGap, height: stripHeight };
  return {
    left,
    right,
    top,
    height,
    width: Math.max(1, width - left - right),
    margin,
    strip,
    totalHeight: mainHeight + (strip === null ? 0 : stripGap + stripHeight),
    fromMs: chart.timestamps[0] ?? chart.window.fromMs,
    toMs: Math.max(chart.window.toMs, chart.timestamps.at(-1) ?? 0),
  };
}

/** A moment's place, pixels from the element's left edge. */
export function xOf(area: PlotArea, ms: number): number {
  return area.left + ((ms - area.fromMs) / Math.max(1, area.toMs - area.fromMs)) * area.width;
}

/** A value's place, pixels from the element's top; the value in the measure's own unit. */
export function yOf(area: PlotArea, scale: ValueScale, value: number): number {
  return area.top + (1 - Math.min(1, value / scale.divisor / scale.top)) * area.height;
}

/** The moment at a place, unix ms; places outside of the plot count as its edges. */
export function msAt(area: PlotArea, x: number): number {
  const share = Math.min(1, Math.max(0, (x - area.left) / area.width));
  return Math.round(area.fromMs + share * (area.toMs - area.fromMs));
}

/** The same area over a time that lies `ms` later. */
export function shifted(area: PlotArea, ms: number): PlotArea {
  return { ...area, fromMs: area.fromMs + ms, toMs: area.toMs + ms };
}

/** The same area with `pixels` of room above it. */
export function lowered(area: PlotArea, pixels: number): PlotArea {
  const strip = area.strip === null ? null : { ...area.strip, top: area.strip.top + pixels };
  return { ...area, strip, top: area.top + pixels, totalHeight: area.totalHeight + pixels };
}

/** The index of the timestamp that is nearest to a place; -1 without timestamps. */
export function nearestIndex(area: PlotArea, timestamps: readonly number[], x: number): number {
  let nearest = -1;
  let distance = Infinity;
  for (const [index, timestamp] of timestamps.entries()) {
    const off = Math.abs(xOf(area, timestamp) - x);
    if (off < distance) {
      nearest = index;
      distance = off;
    }
  }
  return nearest;
}
