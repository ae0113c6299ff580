import { Component, computed, input } from '@angular/core';
import type { Incarnation } from '@docksnap/contract';
import { counted, formatAge, formatMoment, unknown } from '../units.ts';

/** Each start of a container is an incarnation; its series run across all of them. */
@Component({
  selector: 'ds-container-incarnations',
  template: `
    <section class="panel" aria-label="Incarnations">
      <div class="panel-head">
        <h2>Incarnations</h2>
        <p class="sentence">{{ sentence() }}</p>
      </div>
      @if (rows().length > 0) {
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Started</th>
              <th scope="col">Last sample</th>
              <th scope="col" class="number">Lasted</th>
              <th scope="col" class="runtime">Runtime id</th>
            </tr>
          </thead>
          <tbody>
            @for (row of rows(); track row.runtimeId + row.started) {
              <tr>
                <td>{{ row.started }}</td>
                <td>{{ row.last }}</td>
                <td class="number">{{ row.lasted }}</td>
                <td class="runtime mono quiet">{{ row.runtimeId }}</td>
              </tr>
            }
          </tbody>
        </table>
      }
    </section>
  `,
  styles: `
    .runtime {
      max-width: 0;
      width: 50%;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    @media (max-width: 767px) {
      .runtime {
        display: none;
      }
    }
  `,
})
export class ContainerIncarnations {
  readonly incarnations = input.required<readonly Incarnation[]>();
  readonly nowMs = input.required<number>();

  protected readonly sentence = computed(() => {
    const count = this.incarnations().length;
    return count === 0 ? 'none seen' : `${counted(count, 'start')} seen, newest first`;
  });
  protected readonly rows = computed(() =>
    this.incarnations().map(({ runtimeId, startedAtMs, lastSampleMs }) => ({
      runtimeId,
      started: startedAtMs === null ? unknown : formatMoment(startedAtMs, this.nowMs()),
      last: lastSampleMs === null ? unknown : formatMoment(lastSampleMs, this.nowMs()),
      lasted: startedAtMs === null || lastSampleMs === null ? unknown : formatAge(lastSampleMs - startedAtMs),
    })),
  );
}
