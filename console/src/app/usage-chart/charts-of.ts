import type { QueryMetricName, SeriesAnswer } from '@docksnap/contract';
import type { Chart, ChartBound, ChartEvent, ChartLine, SeriesSlot } from './chart.ts';

/** What makes one chart of a page different from its neighbours, which share time and events. */
export type ChartShape = Pick<Chart, 'key' | 'title' | 'measure' | 'lines'> &
  Partial<Pick<Chart, 'bounds' | 'strip' | 'stacked'>>;

/** A metric of an answer as a line; without values where the answer does not have it. */
export function line(series: SeriesAnswer, metric: QueryMetricName, label: string, slot: SeriesSlot): ChartLine {
  return { key: metric, label, slot, values: series.metrics[metric]?.values ?? [] };
}

/** Limit and request as bounds; a request that equals the limit would lie under it. */
export function limitAndRequest(limit: number | null | undefined, request: number | null | undefined): ChartBound[] {
  const bounds: ChartBound[] = [];
  if (typeof limit === 'number') bounds.push({ kind: 'limit', label: 'limit', value: limit });
  if (typeof request === 'number' && request !== limit)
    bounds.push({ kind: 'request', label: 'request', value: request });
  return bounds;
}

/** The charts of one page: all over the same time, with the same events. */
export function chartsOf(
  series: SeriesAnswer,
  shapes: readonly ChartShape[],
  events: readonly ChartEvent[],
): readonly Chart[] {
  const shared = { window: series, timestamps: series.timestamps, events };
  return shapes.map((shape) => ({ bounds: [], strip: null, stacked: false, ...shape, ...shared }));
}
