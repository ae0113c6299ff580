import { Injectable, signal } from '@angular/core';

/** The moment (unix ms) that all charts of a page point at; null when none does. A page provides its own. */
@Injectable()
export class ChartCursor {
  readonly atMs = signal<number | null>(null);
}
