import { Component, computed, inject, input, output } from '@angular/core';
import type { Problem } from '../api/problem.ts';
import { Clock } from '../time/clock.ts';
import { formatClock } from '../units.ts';
import { Mark } from './mark.ts';

/** A request that failed: what, where, what to do next, and what to look for in the API's log. */
@Component({
  selector: 'ds-problem',
  imports: [Mark],
  host: { role: 'alert', class: 'problem' },
  template: `
    <ds-mark kind="critical" />
    <div class="text">
      <h2>{{ title() }}</h2>
      <p>{{ problem().message }}</p>
      <button type="button" class="button primary" (click)="retry.emit()">Try again</button>
      <p class="where">
        {{ answered() }}
        @if (problem().path) {
          from <code>{{ problem().path }}</code>
        }
        at {{ at() }}.
        @if (problem().requestId) {
          Request <code>{{ problem().requestId }}</code>: the API’s log has it.
        }
      </p>
    </div>
  `,
  styles: `
    :host {
      display: flex;
      gap: var(--sp-4);
      padding: var(--sp-5);
      border: 1px solid var(--line);
      border-radius: var(--r-3);
      background: var(--surface);
    }
    ds-mark {
      margin-top: var(--sp-2);
    }
    .text {
      min-width: 0;
      overflow-wrap: anywhere;
    }
    p {
      color: var(--text-2);
      max-width: 72ch;
    }
    .button {
      margin: var(--sp-4) 0 var(--sp-3);
    }
    .where {
      color: var(--text-3);
      font-size: var(--fs-2);
    }
  `,
})
export class ProblemNote {
  readonly title = input.required<string>();
  readonly problem = input.required<Problem>();
  readonly retry = output();
  readonly #clock = inject(Clock);

  protected readonly at = computed(() => {
    // A new problem, even of the same words, has its own time.
    this.problem();
    return formatClock(this.#clock.read());
  });
  protected readonly answered = computed(() => {
    const { status, code } = this.problem();
    if (code === 'unexpected_answer') return 'Unexpected answer';
    return status === 0 ? 'No answer' : `Answer ${status} (${code})`;
  });
}
