import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { eventsAnswerSchema } from '@docksnap/contract';
import { apiResource, type QueryParams } from '../api/api-resource.ts';
import { PageTime } from '../time/page-time.ts';
import { Bones } from '../ui/bones.ts';
import { PartialNote } from '../ui/partial-note.ts';
import { ProblemNote } from '../ui/problem-note.ts';
import { EventList } from './event-list.ts';

const mostShown = 20;

/** What happened to one thing within the page's time range, newest first, with a link to all of it. */
@Component({
  selector: 'ds-events',
  imports: [Bones, EventList, PartialNote, ProblemNote, RouterLink],
  template: `
    <section class="panel" aria-label="Events">
      <div class="panel-head">
        <h2>Events</h2>
        <p class="sentence">{{ sentence() }}</p>
        @if (events.value()?.next) {
          <a class="end" routerLink="/events" [queryParams]="all()">All events</a>
        }
      </div>
      @if (events.problem(); as problem) {
        <div class="inner">
          <ds-problem title="The events could not be read" [problem]="problem" (retry)="events.reload()" />
        </div>
      }
      @if (events.value(); as answer) {
        @if (answer.partial; as partial) {
          <div class="inner"><ds-partial-note [reason]="partial" /></div>
        }
        <ds-event-list [events]="answer.items" />
      } @else if (events.loading()) {
        <ds-bones [rows]="3" />
      }
    </section>
  `,
  styles: `
    .inner {
      padding: 0 calc(var(--cell-x) + var(--sp-1)) var(--sp-4);
    }
  `,
})
export class EventsPanel {
  /** As the API takes it: `container`, `workload`, `namespace` or `node`. */
  readonly query = input.required<QueryParams>();
  /** Another value asks again. */
  readonly round = input(0);

  protected readonly time = inject(PageTime);
  protected readonly events = apiResource(() => {
    this.round();
    this.time.range();
    const { fromMs, toMs, stepSeconds } = this.time.window();
    const params = { ...this.query(), from: fromMs, to: toMs + stepSeconds * 1000, limit: mostShown };
    return { path: '/events', params, identity: `/events?${JSON.stringify(this.query())}` };
  }, eventsAnswerSchema);
  protected readonly all = computed(() => ({ ...this.time.params(), ...this.query() }));
  protected readonly sentence = computed(() => {
    const answer = this.events.value();
    if (answer === undefined) return '';
    if (answer.items.length === 0) return 'nothing happened in this range';
    return answer.next === null
      ? `${answer.items.length} in this range`
      : `the newest ${answer.items.length} in this range`;
  });
}
