import { Component } from '@angular/core';

/** The product's sign and name. */
@Component({
  selector: 'ds-brand',
  template: `
    <svg viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" aria-hidden="true">
      <rect x="1" y="1" width="18" height="18" rx="4" stroke-width="1.6" />
      <path
        d="M4 11h2.6l1.9-5.2 2.8 8.4 1.9-4.4H16"
        stroke-width="1.6"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
    <span>DockSnap</span>
  `,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: var(--sp-3);
      font-weight: var(--fw-strong);
      color: var(--text);
    }
  `,
})
export class Brand {}
