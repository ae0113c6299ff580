import type { ContainerDetail, QueryMetricName, SeriesAnswer } from '@docksnap/contract';
import type { Chart, ChartBound, ChartLine, ChartStrip, SeriesSlot } from '../usage-chart/chart.ts';

export const containerMetrics: readonly QueryMetricName[] = [
  'cpuCores',
  'throttledRatio',
  'workingSetBytes',
  'rssBytes',
  'cacheBytes',
];

function line(series: SeriesAnswer, key: QueryMetricName, label: string, slot: SeriesSlot): ChartLine {
  return { key, label, slot, values: series.metrics[key]?.values ?? [] };
}

function bounds(request: number | null, limit: number | null): ChartBound[] {
  const both: ChartBound[] = [];
  if (limit !== null) both.push({ kind: 'limit', label: 'limit', value: limit });
  if (request !== null && request !== limit) both.push({ kind: 'request', label: 'request', value: request });
  return both;
}

/** Without a CPU limit nothing throttles a container: the strip stands only where there is something to say. */
function throttled(series: SeriesAnswer): ChartStrip | null {
  const values = series.metrics['throttledRatio']?.values ?? [];
  return values.some((value) => value !== null) ? { label: 'throttled, share of periods', slot: 2, values } : null;
}

/** CPU and memory of a container against its request and limit. */
export function containerCharts(series: SeriesAnswer, container: ContainerDetail | undefined): readonly Chart[] {
  const shared = { window: series, timestamps: series.timestamps };
  return [
    {
      ...shared,
      title: 'CPU',
      measure: 'cores',
      lines: [line(series, 'cpuCores', 'used', 1)],
      bounds: bounds(container?.cpuRequestCores ?? null, container?.cpuLimitCores ?? null),
      strip: throttled(series),
    },
    {
      ...shared,
      title: 'Memory',
      measure: 'bytes',
      lines: [
        line(series, 'workingSetBytes', 'working set', 1),
        line(series, 'rssBytes', 'RSS', 3),
        line(series, 'cacheBytes', 'cache', 2),
      ],
      bounds: bounds(container?.memoryRequestBytes ?? null, container?.memoryLimitBytes ?? null),
      strip: null,
    },
  ];
}
