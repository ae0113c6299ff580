import { Component, input, output } from '@angular/core';
import type { LegendRow } from './chart-summary.ts';

export interface LegendToggle {
  readonly key: string;
  /** Show this line alone. */
  readonly isolate: boolean;
}

/** The legend is a table: now or at the cursor, mean, max. A click hides a line, with Alt it isolates it. */
@Component({
  selector: 'ds-chart-legend',
  template: `
    <table>
      <thead>
        <tr>
          <td></td>
          <th scope="col">{{ at() ?? 'now' }}</th>
          <th scope="col">mean</th>
          <th scope="col">max</th>
        </tr>
      </thead>
      <tbody>
        @for (row of rows(); track row.key) {
          <tr [class.hidden]="hidden().has(row.key)">
            <th scope="row">
              @if (row.key === 'strip' || rows().length === 1) {
                <span class="name" [title]="row.label"><i [class]="'ink-' + row.slot"></i>{{ row.label }}</span>
              } @else {
                <button
                  type="button"
                  class="name"
                  title="Hide or show; with Alt show alone"
                  [attr.aria-pressed]="!hidden().has(row.key)"
                  (click)="toggled.emit({ key: row.key, isolate: $event.altKey })"
                >
                  <i [class]="'ink-' + row.slot"></i>{{ row.label }}
                </button>
              }
            </th>
            <td>{{ row.now }}</td>
            <td>{{ row.mean }}</td>
            <td>{{ row.max }}</td>
          </tr>
        }
      </tbody>
    </table>
  `,
  styleUrl: './chart-legend.css',
})
export class ChartLegend {
  readonly rows = input.required<readonly LegendRow[]>();
  readonly hidden = input.required<ReadonlySet<string>>();
  /** The cursor's time in words, while there is one. */
  readonly at = input<string | null>(null);
  readonly toggled = output<LegendToggle>();
}
