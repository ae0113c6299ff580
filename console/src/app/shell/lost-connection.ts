import { Component, computed, inject } from '@angular/core';
import { LiveStream } from '../live/live-stream.ts';
import { Clock } from '../time/clock.ts';
import { formatAge, formatClock } from '../units.ts';
import { Mark } from '../ui/mark.ts';

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth'];

/** Says since when what is on the page is old, and when the connection is tried again. */
@Component({
  selector: 'ds-lost-connection',
  imports: [Mark],
  template: `
    @if (lost(); as lost) {
      <section class="note warning" aria-label="Connection">
        <ds-mark kind="warning" />
        <p class="text">
          <strong role="alert">Not live since {{ lost.since }}.</strong>
          {{ lost.retry }}, {{ lost.attempt }} try. What you see is {{ lost.age }} old.
        </p>
        <button type="button" class="button" (click)="stream.connectNow()">Connect now</button>
      </section>
    }
  `,
  styles: `
    .note {
      align-items: center;
      border-radius: 0;
      padding: var(--sp-3) var(--page-pad);
    }
    ds-mark {
      margin: 0;
    }
  `,
})
export class LostConnection {
  protected readonly stream = inject(LiveStream);
  readonly #clock = inject(Clock);

  protected readonly lost = computed(() => {
    const state = this.stream.state();
    if (state.kind !== 'lost') return null;
    const now = this.#clock.now();
    const waitMs = state.retryAtMs - now;
    return {
      since: formatClock(state.sinceMs),
      retry: waitMs > 500 ? `Connecting again in ${formatAge(waitMs)}` : 'Connecting again',
      attempt: ordinals[state.failures - 1] ?? `${state.failures}th`,
      age: formatAge(now - state.sinceMs),
    };
  });
}
