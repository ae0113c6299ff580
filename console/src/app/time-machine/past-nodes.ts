import { Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Mark } from '../ui/mark.ts';
import { UsageBar } from '../ui/usage-bar.ts';
import { tableUnit } from '../units.ts';
import type { NodeRow } from './then-and-now.ts';

/** Nodes as they were at the cursor; one of them can be chosen, to see what ran on it. */
@Component({
  selector: 'ds-past-nodes',
  imports: [Mark, RouterLink, UsageBar],
  template: `
    <section class="panel" aria-label="Nodes">
      <div class="panel-head">
        <h2>Nodes</h2>
        <p class="sentence">choose one to see what ran on it</p>
      </div>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">Node</th>
            <td class="bar"></td>
            <th scope="col" class="number">CPU, cores</th>
            <td class="bar"></td>
            <th scope="col" class="number">Working set, {{ unit().name }}</th>
            <th scope="col" class="number wide">CPU now</th>
          </tr>
        </thead>
        <tbody>
          @for (row of rows(); track row.id) {
            <tr class="linked" [class.chosen]="row.id === chosen()">
              <td class="name">
                <ds-mark [kind]="row.then ? 'ok' : 'unknown'" />
                <a
                  class="row-link"
                  routerLink="."
                  [queryParams]="{ node: row.id === chosen() ? null : row.id }"
                  queryParamsHandling="merge"
                  [attr.aria-current]="row.id === chosen() ? 'true' : null"
                  >{{ row.name }}</a
                >
                @if (!row.then) {
                  <span class="quiet">had not reported</span>
                }
              </td>
              <td class="bar">
                <ds-usage-bar [used]="row.then?.cpuCores ?? null" [of]="row.then?.cores ?? null" [old]="!row.then" />
              </td>
              <td class="number">{{ row.cpu }}</td>
              <td class="bar">
                <ds-usage-bar
                  [used]="row.then?.workingSetBytes ?? null"
                  [of]="row.then?.memoryBytes ?? null"
                  [old]="!row.then"
                />
              </td>
              <td class="number">{{ row.memory }}</td>
              <td class="number of wide">{{ row.cpuNow }}</td>
            </tr>
          }
        </tbody>
      </table>
    </section>
  `,
  styles: `
    .name {
      width: 30%;
      max-width: 0;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .name ds-mark {
      margin-right: var(--sp-3);
    }
    .bar {
      width: 14%;
      padding-right: 0;
    }
    thead .bar {
      border-bottom: 1px solid var(--line-strong);
    }
    .chosen {
      background: var(--selected);
    }
    @media (max-width: 767px) {
      .bar,
      .wide {
        display: none;
      }
    }
  `,
})
export class PastNodes {
  readonly rows = input.required<readonly NodeRow[]>();
  readonly chosen = input<string | null>(null);
  protected readonly unit = tableUnit;
}
