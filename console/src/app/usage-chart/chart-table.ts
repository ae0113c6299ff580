import { Component, computed, input } from '@angular/core';
import { formatClock, formatShare } from '../units.ts';
import { lineFormat } from './chart-summary.ts';
import type { Chart } from './chart.ts';
import type { ValueScale } from './value-scale.ts';

/** A chart's values as a table, newest first: to read, to copy, and for those who do not see the chart. */
@Component({
  selector: 'ds-chart-table',
  template: `
    <div class="scroll" tabindex="0" role="group" [attr.aria-label]="chart().title + ', values'">
      <table class="table">
        <caption class="visually-hidden">
          {{
            chart().title
          }},
          {{
            scale().unit
          }}; each row is the end of a step
        </caption>
        <thead>
          <tr>
            <th scope="col">Until</th>
            @for (head of heads(); track head) {
              <th scope="col" class="number">{{ head }}</th>
            }
          </tr>
        </thead>
        <tbody>
          @for (row of rows(); track row.time) {
            <tr>
              <td>{{ row.time }}</td>
              @for (cell of row.cells; track $index) {
                <td class="number">{{ cell }}</td>
              }
            </tr>
          }
        </tbody>
      </table>
    </div>
  `,
  styles: `
    .scroll {
      max-height: 320px;
      overflow: auto;
      margin-top: var(--sp-3);
    }
    th {
      position: sticky;
      top: 0;
      background: var(--surface);
    }
  `,
})
export class ChartTable {
  readonly chart = input.required<Chart>();
  readonly scale = input.required<ValueScale>();

  protected readonly heads = computed(() => {
    const { lines, strip } = this.chart();
    return [...lines.map((line) => line.label), ...(strip === null ? [] : [strip.label])];
  });
  protected readonly rows = computed(() => {
    const { lines, strip, timestamps } = this.chart();
    const format = lineFormat(this.scale());
    return timestamps
      .map((timestamp, index) => ({
        time: formatClock(timestamp),
        cells: [
          ...lines.map((line) => format(line.values[index] ?? null)),
          ...(strip === null ? [] : [formatShare(strip.values[index] ?? null)]),
        ],
      }))
      .toReversed();
  });
}
