import { Component, input } from '@angular/core';

export type MarkKind = 'ok' | 'warning' | 'critical' | 'unknown';

/** A status as a shape, never by colour alone: circle, triangle, diamond, dashed ring. */
@Component({
  selector: 'ds-mark',
  template: `
    <svg viewBox="0 0 12 12" width="12" height="12" [attr.class]="kind()" aria-hidden="true">
      @switch (kind()) {
        @case ('ok') {
          <circle cx="6" cy="6" r="3.2" />
        }
        @case ('warning') {
          <path d="M6 1.4 11 10.4H1Z" />
        }
        @case ('critical') {
          <path d="M6 .8 11.2 6 6 11.2.8 6Z" />
        }
        @case ('unknown') {
          <circle cx="6" cy="6" r="4" fill="none" stroke-width="1.6" stroke-dasharray="2.2 2" />
        }
      }
    </svg>
  `,
  styles: `
    :host {
      display: inline-flex;
    }
    .ok {
      fill: var(--ok-mark);
    }
    .warning {
      fill: var(--warning-mark);
    }
    .critical {
      fill: var(--critical-mark);
    }
    .unknown {
      stroke: var(--unknown-mark);
    }
  `,
})
export class Mark {
  readonly kind = input.required<MarkKind>();
}
