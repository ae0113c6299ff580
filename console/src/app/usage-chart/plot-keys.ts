import type { ChartCursor, Stretch } from './chart-cursor.ts';

const fewSteps = 1;
const manySteps = 10;

const moves: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };

/** What a key asks the chart for, beyond moving the cursor. */
export type KeyWish = { readonly show: Stretch } | 'leave' | 'table' | 'moved' | null;

/**
 * Keys of a chart that has the focus: arrows move the cursor by a step, with shift by ten; space starts a selection
 * at the cursor, enter zooms into it; escape leaves; d shows the table.
 */
export class PlotKeys {
  readonly #cursor: ChartCursor;
  #anchorMs: number | null = null;

  constructor(cursor: ChartCursor) {
    this.#cursor = cursor;
  }

  press(event: Pick<KeyboardEvent, 'key' | 'shiftKey'>, timestamps: readonly number[]): KeyWish {
    const direction = moves[event.key];
    if (direction !== undefined) return this.#move(direction * (event.shiftKey ? manySteps : fewSteps), timestamps);
    switch (event.key) {
      case ' ':
        this.#anchorMs = this.#cursor.atMs();
        return 'moved';
      case 'Enter':
        return this.#zoom();
      case 'Escape':
        this.forget();
        return 'leave';
      case 'd':
        return 'table';
      default:
        return null;
    }
  }

  forget(): void {
    this.#anchorMs = null;
    this.#cursor.selection.set(null);
  }

  #move(steps: number, timestamps: readonly number[]): KeyWish {
    const atMs = this.#cursor.atMs();
    const index = atMs === null ? timestamps.length : timestamps.indexOf(atMs);
    const next = Math.min(timestamps.length - 1, Math.max(0, index + steps));
    this.#cursor.atMs.set(timestamps[next] ?? null);
    const to = this.#cursor.atMs();
    if (this.#anchorMs !== null && to !== null)
      this.#cursor.selection.set({ fromMs: Math.min(this.#anchorMs, to), toMs: Math.max(this.#anchorMs, to) });
    return 'moved';
  }

  #zoom(): KeyWish {
    const selection = this.#cursor.selection();
    this.forget();
    return selection === null || selection.fromMs === selection.toMs ? null : { show: selection };
  }
}
