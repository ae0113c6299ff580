import { computed, Injectable, signal } from '@angular/core';

/** A stretch of time, unix ms. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What the pointer or the keys do to all charts of a page at once. A page provides its own. */
@Injectable()
export class ChartCursor {
  /** The moment (unix ms) that all charts point at; null when none does. */
  readonly atMs = signal<number | null>(null);
  /** What is being chosen to zoom into. */
  readonly selection = signal<Stretch | null>(null);
  /** How far the charts are being pulled into the past, ms. */
  readonly pulledMs = signal(0);
  /** Somebody looks at a place: what is shown must not move away under the pointer. */
  readonly isBusy = computed(() => this.atMs() !== null || this.selection() !== null || this.pulledMs() !== 0);
}
