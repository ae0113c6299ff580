import { Component, computed, input } from '@angular/core';
import type { NodeCondition } from '@docksnap/contract';
import { Mark, type MarkKind } from '../ui/mark.ts';
import { formatAge, unknown } from '../units.ts';

/** "MemoryPressure" as words: "Memory pressure", "PID pressure". */
function spaced(type: string): string {
  const [first = '', ...others] = type.split(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/);
  return [first, ...others.map((word) => word.toLowerCase())].join(' ');
}

/** Ready should be true; every other condition of a node names a trouble and should be false. */
function conditionMark(condition: NodeCondition): MarkKind {
  if (condition.status === 'Unknown') return 'unknown';
  const good = (condition.type === 'Ready') === (condition.status === 'True');
  if (good) return 'ok';
  return condition.type === 'Ready' ? 'critical' : 'warning';
}

/** The node's conditions as Kubernetes has them. */
@Component({
  selector: 'ds-node-conditions',
  imports: [Mark],
  template: `
    <section class="panel" aria-label="Conditions">
      <div class="panel-head">
        <h2>Conditions</h2>
        <p class="sentence">as Kubernetes has them</p>
      </div>
      @if (rows().length > 0) {
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Condition</th>
              <th scope="col">State</th>
              <th scope="col" class="why">Why</th>
              <th scope="col" class="number">Since</th>
            </tr>
          </thead>
          <tbody>
            @for (row of rows(); track row.type) {
              <tr>
                <td>{{ row.type }}</td>
                <td class="state"><ds-mark [kind]="row.mark" /> {{ row.status }}</td>
                <td class="why quiet">{{ row.message }}</td>
                <td class="number">{{ row.since }}</td>
              </tr>
            }
          </tbody>
        </table>
      } @else {
        <p class="none">Kubernetes cannot be asked about this node, or does not know it any more.</p>
      }
    </section>
  `,
  styles: `
    .panel {
      height: 100%;
    }
    .state {
      white-space: nowrap;
    }
    .why {
      overflow-wrap: anywhere;
    }
    .none {
      padding: 0 calc(var(--cell-x) + var(--sp-1)) var(--sp-5);
      color: var(--text-2);
    }
    @media (max-width: 767px) {
      .why {
        display: none;
      }
    }
  `,
})
export class NodeConditions {
  readonly conditions = input.required<readonly NodeCondition[]>();
  readonly nowMs = input.required<number>();

  protected readonly rows = computed(() =>
    this.conditions().map((condition) => ({
      type: spaced(condition.type),
      status: condition.status,
      mark: conditionMark(condition),
      message: condition.message === '' ? condition.reason : condition.message,
      since: condition.sinceMs === null ? unknown : formatAge(this.nowMs() - condition.sinceMs),
    })),
  );
}
