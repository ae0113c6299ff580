import { Component, input } from '@angular/core';
import type { MissingFact } from '@docksnap/contract';

/** Facts that the agent's level of privilege cannot read, each with its reason. */
@Component({
  selector: 'ds-node-missing',
  template: `
    <section class="panel" aria-label="Not readable">
      <div class="panel-head">
        <h2>Not readable</h2>
        <p class="sentence">facts that the agent has not the right or the means to read</p>
      </div>
      <table class="table">
        <tbody>
          @for (one of missing(); track one.fact) {
            <tr>
              <th scope="row">{{ one.fact }}</th>
              <td>{{ one.reason }}</td>
            </tr>
          }
        </tbody>
      </table>
    </section>
  `,
  styles: `
    th {
      width: 180px;
      font-family: var(--font-mono);
      font-weight: var(--fw-regular);
      border-bottom-color: var(--line);
    }
    tr:last-child > th {
      border-bottom: 0;
    }
    td {
      color: var(--text-2);
    }
  `,
})
export class NodeMissing {
  readonly missing = input.required<readonly MissingFact[]>();
}
