import { Component, computed, inject } from '@angular/core';
import { ChartCursor } from '../usage-chart/chart-cursor.ts';
import { Mark, type MarkKind } from '../ui/mark.ts';
import { LiveStream } from './live-stream.ts';

/** Whether what is shown moves by itself. */
@Component({
  selector: 'ds-live-pill',
  imports: [Mark],
  template: `<span class="pill"><ds-mark [kind]="shown().mark" />{{ shown().words }}</span>`,
  styles: `
    .pill {
      display: inline-flex;
      align-items: center;
      gap: var(--sp-2);
      min-width: 84px;
      height: var(--control-h);
      padding: 0 var(--sp-4);
      border: 1px solid var(--line-strong);
      border-radius: var(--r-2);
      background: var(--surface);
      color: var(--text-2);
      font-size: var(--fs-2);
      white-space: nowrap;
    }
  `,
})
export class LivePill {
  readonly #stream = inject(LiveStream);
  /** Pages without charts have none. */
  readonly #cursor = inject(ChartCursor, { optional: true });
  protected readonly shown = computed((): { mark: MarkKind; words: string } => {
    const kind = this.#stream.state().kind;
    if (kind === 'open' && this.#cursor?.isBusy() === true) return { mark: 'unknown', words: 'Paused' };
    if (kind === 'open') return { mark: 'ok', words: 'Live' };
    if (kind === 'lost') return { mark: 'warning', words: 'Not live' };
    return { mark: 'unknown', words: kind === 'off' ? 'Held' : 'Connecting' };
  });
}
