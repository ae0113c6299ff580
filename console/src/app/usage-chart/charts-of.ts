import type { QueryMetricName, SeriesAnswer } from '@docksnap/contract';
import type { Chart, ChartBound, ChartEvent, ChartLine, SeriesSlot } from './chart.ts';

/** What makes one chart of a page different from its neighbours, which share time and events. */
export type ChartShape = Pick<Chart, 'key' | 'title' | 'measure' | 'lines'> &
  Partial<Pick<Chart, 'note' | 'bounds' | 'strip' | 'stacked'>>;

/** A metric of an answer as a line; without values where the answer does not have it. */
export function line(series: SeriesAnswer, metric: QueryMetricName, label: string, slot: SeriesSlot): ChartLine {
  return { key: metric, label, slot, values: series.metrics[metric]?.values ?? [] };
}

/** The charts of network and disk, in and out as two lines each. */
export function trafficShapes(series: SeriesAnswer, networkNote: string): readonly ChartShape[] {
  return [
    {
      key: 'network',
      title: 'Network',
      note: networkNote,
      measure: 'bytesPerSecond',
      lines: [
        line(series, 'networkReceivedBytesPerSecond', 'in', 7),
        line(series, 'networkTransmittedBytesPerSecond', 'out', 4),
      ],
    },
    {
      key: 'disk',
      title: 'Disk',
      measure: 'bytesPerSecond',
      lines: [
        line(series, 'diskReadBytesPerSecond', 'read', 7),
        line(series, 'diskWrittenBytesPerSecond', 'written', 4),
      ],
    },
  ];
}

/** The lines of a memory chart: the working set, and what of it is whose. */
export function memoryLines(series: SeriesAnswer): readonly ChartLine[] {
  return [
    line(series, 'workingSetBytes', 'working set', 1),
    line(series, 'rssBytes', 'RSS', 3),
    line(series, 'cacheBytes', 'cache', 2),
  ];
}

/** Metrics that all chart pages show. */
export const usageMetrics: readonly QueryMetricName[] = [
  'cpuCores',
  'workingSetBytes',
  'rssBytes',
  'cacheBytes',
  'networkReceivedBytesPerSecond',
  'networkTransmittedBytesPerSecond',
  'diskReadBytesPerSecond',
  'diskWrittenBytesPerSecond',
];

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
  return shapes.map((shape) => ({ note: '', bounds: [], strip: null, stacked: false, ...shape, ...shared }));
}
