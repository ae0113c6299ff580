import { Component, computed, input } from '@angular/core';

/** What stands where rows will be: appears only when loading takes longer than 150 ms. */
@Component({
  selector: 'ds-bones',
  host: { role: 'status' },
  template: `
    <span class="visually-hidden">Loading</span>
    @for (row of list(); track $index) {
      <div class="row" aria-hidden="true"><i></i><i></i><i></i><i></i></div>
    }
  `,
  styles: `
    :host {
      display: block;
      animation: appear 1ms 150ms both;
    }
    @keyframes appear {
      from {
        visibility: hidden;
      }
    }
    .row {
      display: grid;
      grid-template-columns: 2fr 3fr 3fr 1fr;
      gap: var(--sp-6);
      align-items: center;
      height: var(--row-h);
      padding: 0 calc(var(--cell-x) + var(--sp-1));
      border-top: 1px solid var(--line);
    }
    i {
      height: 8px;
      border-radius: var(--r-1);
      background: var(--sunken);
    }
    .row:nth-child(odd) i:first-of-type {
      width: 70%;
    }
  `,
})
export class Bones {
  readonly rows = input(6);
  protected readonly list = computed(() => Array.from({ length: this.rows() }));
}
