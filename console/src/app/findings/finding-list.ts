import { Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Mark } from '../ui/mark.ts';
import type { FindingRow } from './finding-row.ts';

/** Findings, one below the other, each a link to the chart that shows it. */
@Component({
  selector: 'ds-finding-list',
  imports: [Mark, RouterLink],
  template: `
    <ul>
      @for (row of rows(); track row.id) {
        <li class="linked">
          <ds-mark [kind]="row.mark" />
          <p>
            <span class="visually-hidden">{{ row.urgency }}:</span>
            <a class="row-link" [routerLink]="row.link" [queryParams]="row.params" [fragment]="row.fragment">{{
              row.name
            }}</a>
            {{ row.sentence }}
          </p>
          <span class="quiet place">{{ row.place }}</span>
          <span class="quiet since">{{ row.since }}</span>
        </li>
      }
    </ul>
  `,
  styleUrl: './finding-list.css',
})
export class FindingList {
  readonly rows = input.required<readonly FindingRow[]>();
}
