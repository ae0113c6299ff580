import { computed } from '@angular/core';
import { bandsAnswerSchema, type BandsAnswer } from '@docksnap/contract';
import { apiResource, type ApiResource } from '../api/api-resource.ts';
import type { LiveSeries } from '../live/live-series.ts';
import { groupMetrics } from './group-charts.ts';
import { refreshedWindow } from './grouped-series.ts';

/** How the pods of a page's subject lie about each other, over the page's time. */
export function bandedSeries(series: LiveSeries): ApiResource<BandsAnswer> {
  const window = refreshedWindow(series);
  const identity = computed(() => JSON.stringify(series.subject()));
  return apiResource(() => {
    const { fromMs, toMs, stepSeconds } = window();
    const time = { from: fromMs, to: toMs, stepSeconds };
    const params = { ...series.subject(), by: 'pod', metrics: groupMetrics.join(','), ...time };
    return { path: '/bands', params, identity: identity() };
  }, bandsAnswerSchema);
}
