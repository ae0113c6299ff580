import { Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { ContainerSort } from '@docksnap/contract';
import type { rangeParams } from '../time/time-range.ts';
import { Mark } from '../ui/mark.ts';
import { tableUnit } from '../units.ts';
import type { UseRow } from './then-and-now.ts';

/** What ran at the cursor and what it used: containers, or pods. */
@Component({
  selector: 'ds-past-use',
  imports: [Mark, RouterLink],
  template: `
    <table class="table">
      <thead>
        <tr>
          <th scope="col">{{ byPod() ? 'Pod' : 'Container' }}</th>
          <th scope="col" class="wide">Node</th>
          <th scope="col" class="number" [attr.aria-sort]="sort() === 'cpu' ? 'descending' : null">
            <a routerLink="." [queryParams]="{ sort: 'cpu' }" queryParamsHandling="merge"
              >CPU, cores{{ sort() === 'cpu' ? ' ↓' : '' }}</a
            >
          </th>
          <th scope="col" class="number" [attr.aria-sort]="sort() === 'memory' ? 'descending' : null">
            <a routerLink="." [queryParams]="{ sort: null }" queryParamsHandling="merge"
              >Then, {{ unit().name }}{{ sort() === 'memory' ? ' ↓' : '' }}</a
            >
          </th>
          <th scope="col" class="number wide">of limit</th>
          <th scope="col" class="number wide">Now, {{ unit().name }}</th>
        </tr>
      </thead>
      <tbody>
        @for (row of rows(); track row.id) {
          <tr class="linked">
            <td class="name">
              <div>
                <ds-mark [kind]="row.mark" />
                <span class="ellipsis" [title]="row.pod">
                  <span class="quiet">{{ row.namespace }}/</span>
                  @if (row.containerId; as id) {
                    <a class="row-link" [routerLink]="['/containers', id]" [queryParams]="around()">{{ row.name }}</a>
                  } @else {
                    <strong>{{ row.name }}</strong>
                  }
                  <span class="quiet">{{ row.mark === 'ok' ? row.pod : row.state }}</span>
                </span>
              </div>
            </td>
            <td class="wide">{{ row.node }}</td>
            <td class="number">{{ row.cpu }}</td>
            <td class="number">{{ row.memory }}</td>
            <td class="number of wide">{{ row.ofLimit }}</td>
            <td class="number of wide">{{ row.memoryNow }}</td>
          </tr>
        }
      </tbody>
    </table>
  `,
  styles: `
    .name {
      width: 45%;
      max-width: 0;
    }
    .name div {
      display: flex;
      gap: var(--sp-3);
      align-items: center;
    }
    .name strong {
      font-weight: var(--fw-medium);
    }
    th a {
      color: inherit;
    }
    @media (max-width: 767px) {
      .wide {
        display: none;
      }
    }
  `,
})
export class PastUse {
  readonly rows = input.required<readonly UseRow[]>();
  readonly sort = input.required<ContainerSort>();
  readonly byPod = input.required<boolean>();
  /** The time around the cursor, for the pages of containers. */
  readonly around = input.required<ReturnType<typeof rangeParams>>();
  protected readonly unit = tableUnit;
}
