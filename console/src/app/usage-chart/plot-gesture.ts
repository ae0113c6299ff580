import type { ChartCursor, Stretch } from './chart-cursor.ts';
import { msAt, type PlotArea } from './plot-area.ts';

/** Movements below this many pixels are a click. */
const clickPixels = 5;

/** What a gesture asks for at its end: a stretch of time to show, or nothing. */
export type GestureEnd = Stretch | null;

/** A pointer that went down in a plot: it chooses a stretch to zoom into, or with shift pulls the charts along. */
export class PlotGesture {
  readonly #area: PlotArea;
  readonly #cursor: ChartCursor;
  readonly #fromX: number;
  readonly #pulls: boolean;

  /** `x` in pixels from the element's left edge. */
  constructor(area: PlotArea, cursor: ChartCursor, start: { readonly x: number; readonly pulls: boolean }) {
    this.#area = area;
    this.#cursor = cursor;
    this.#fromX = start.x;
    this.#pulls = start.pulls;
  }

  move(x: number): void {
    if (this.#pulls) this.#cursor.pulledMs.set(this.#pulledMs(x));
    else this.#cursor.selection.set(this.#stretch(x));
  }

  end(x: number): GestureEnd {
    this.cancel();
    if (!this.#pulls) return this.#stretch(x);
    const pulledMs = this.#pulledMs(x);
    const { fromMs, toMs } = this.#area;
    return pulledMs === 0 ? null : { fromMs: fromMs - pulledMs, toMs: toMs - pulledMs };
  }

  cancel(): void {
    this.#cursor.selection.set(null);
    this.#cursor.pulledMs.set(0);
  }

  #stretch(x: number): Stretch | null {
    if (Math.abs(x - this.#fromX) < clickPixels) return null;
    const [left, right] = [Math.min(x, this.#fromX), Math.max(x, this.#fromX)];
    return { fromMs: msAt(this.#area, left), toMs: msAt(this.#area, right) };
  }

  #pulledMs(x: number): number {
    if (Math.abs(x - this.#fromX) < clickPixels) return 0;
    return Math.round(((x - this.#fromX) / this.#area.width) * (this.#area.toMs - this.#area.fromMs));
  }
}
