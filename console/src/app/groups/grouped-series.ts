import { computed, inject, untracked, type Signal } from '@angular/core';
import { groupsAnswerSchema, type GroupsAnswer, type GroupsQuery, type QueryMetricName } from '@docksnap/contract';
import { apiResource, type ApiResource } from '../api/api-resource.ts';
import type { LiveSeries, Subject } from '../live/live-series.ts';
import { Clock } from '../time/clock.ts';
import { PageTime } from '../time/page-time.ts';
import { windowAt } from '../time/time-range.ts';

/** Groups that stand by themselves; the others are one band. */
const top = 12;

/** What a subject's use is taken apart by, over the page's time. Asked for again as often as the page's other values. */
export function groupedSeries(
  subject: Signal<Subject>,
  by: GroupsQuery['by'],
  metrics: readonly QueryMetricName[],
  series: LiveSeries,
): ApiResource<GroupsAnswer> {
  const clock = inject(Clock);
  const time = inject(PageTime);
  const identity = computed(() => JSON.stringify(subject()));
  return apiResource(() => {
    series.refreshes();
    const { fromMs, toMs, stepSeconds } = windowAt(
      time.range(),
      untracked(() => clock.read()),
    );
    const params = { ...subject(), by, top, metrics: metrics.join(','), from: fromMs, to: toMs, stepSeconds };
    return { path: '/groups', params, identity: identity() };
  }, groupsAnswerSchema);
}
