import { Component, input } from '@angular/core';

/** A list without rows: what that means, and what to do (as content). */
@Component({
  selector: 'ds-empty',
  template: `
    <h2>{{ heading() }}</h2>
    <p><ng-content /></p>
  `,
  styles: `
    :host {
      display: block;
      padding: var(--sp-6) var(--sp-5) var(--sp-7);
    }
    p {
      max-width: 72ch;
      color: var(--text-2);
    }
  `,
})
export class EmptyState {
  readonly heading = input.required<string>();
}
