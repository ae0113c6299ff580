import { computed, inject, untracked, type Signal } from '@angular/core';
import { groupsAnswerSchema, type GroupsAnswer, type GroupsQuery } from '@docksnap/contract';
import { apiResource, type ApiResource } from '../api/api-resource.ts';
import type { LiveSeries } from '../live/live-series.ts';
import { Clock } from '../time/clock.ts';
import { PageTime } from '../time/page-time.ts';
import { sameWindow, windowAt, type RangeWindow } from '../time/time-range.ts';
import { groupMetrics } from './group-charts.ts';

/** Groups that stand by themselves; the others are one band. */
const top = 12;

/** What a page's subject is taken apart by, over the page's time. Asked for again when that has moved by a step. */
export function groupedSeries(series: LiveSeries, by: GroupsQuery['by']): ApiResource<GroupsAnswer> {
  const window = refreshedWindow(series);
  const identity = computed(() => JSON.stringify(series.subject()));
  return apiResource(() => {
    const { fromMs, toMs, stepSeconds } = window();
    const time = { from: fromMs, to: toMs, stepSeconds };
    const params = { ...series.subject(), by, top, metrics: groupMetrics.join(','), ...time };
    return { path: '/groups', params, identity: identity() };
  }, groupsAnswerSchema);
}

/** The window of a page as of the last time that its values were asked for again: most such times it is the same. */
export function refreshedWindow(series: LiveSeries): Signal<RangeWindow> {
  const clock = inject(Clock);
  const time = inject(PageTime);
  return computed(
    () => {
      series.refreshes();
      const range = time.range();
      return windowAt(
        range,
        untracked(() => clock.read()),
      );
    },
    { equal: sameWindow },
  );
}
