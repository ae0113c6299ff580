import { computed, inject, type Signal } from '@angular/core';
import { eventsAnswerSchema, type EventsAnswer } from '@docksnap/contract';
import { apiResource, type ApiResource, type QueryParams } from '../api/api-resource.ts';
import { PageTime } from '../time/page-time.ts';
import type { ChartEvent } from '../usage-chart/chart.ts';
import { chartEvents, kindsOnCharts } from './event-row.ts';

/** Marks on the charts of one page at most: what lies closer than a mark is wide is merged anyway. */
const mostMarks = 200;

/**
 * What happened to a page's subject within the page's time range, as marks for its charts. `subject` as the API takes
 * it: `container`, `workload` (namespace/kind/name), `namespace` or `node`. Another `round` asks again.
 */
export function pageEvents(
  subject: Signal<QueryParams>,
  round: Signal<number>,
): { readonly answer: ApiResource<EventsAnswer>; readonly marks: Signal<readonly ChartEvent[]> } {
  const time = inject(PageTime);
  const answer = apiResource(() => {
    round();
    time.range();
    const { fromMs, toMs, stepSeconds } = time.window();
    return {
      path: '/events',
      // What happened within the step under way is not on the charts yet, and still belongs to the page.
      params: { ...subject(), kinds: kindsOnCharts, from: fromMs, to: toMs + stepSeconds * 1000, limit: mostMarks },
      identity: `/events?${JSON.stringify(subject())}`,
    };
  }, eventsAnswerSchema);
  return { answer, marks: computed(() => chartEvents(answer.value()?.items ?? [])) };
}
