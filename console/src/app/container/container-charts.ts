import type { ContainerDetail, QueryMetricName, SeriesAnswer } from '@docksnap/contract';
import { chartsOf, limitAndRequest, line, type ChartShape } from '../usage-chart/charts-of.ts';
import type { Chart, ChartStrip } from '../usage-chart/chart.ts';
import { containerEvents } from './container-events.ts';

export const containerMetrics: readonly QueryMetricName[] = [
  'cpuCores',
  'throttledRatio',
  'workingSetBytes',
  'rssBytes',
  'cacheBytes',
  'networkReceivedBytesPerSecond',
  'networkTransmittedBytesPerSecond',
  'diskReadBytesPerSecond',
  'diskWrittenBytesPerSecond',
];

/** Without a CPU limit nothing throttles a container: the strip stands only where there is something to say. */
function throttled(series: SeriesAnswer): ChartStrip | null {
  const values = series.metrics['throttledRatio']?.values ?? [];
  return values.some((value) => value !== null) ? { label: 'throttled, share of periods', slot: 2, values } : null;
}

/** CPU and memory of a container against its request and limit, its network and its disk, with what befell it. */
export function containerCharts(series: SeriesAnswer, container: ContainerDetail | undefined): readonly Chart[] {
  const shapes: readonly ChartShape[] = [
    {
      key: 'cpu',
      title: 'CPU',
      measure: 'cores',
      lines: [line(series, 'cpuCores', 'used', 1)],
      bounds: limitAndRequest(container?.cpuLimitCores, container?.cpuRequestCores),
      strip: throttled(series),
    },
    {
      key: 'memory',
      title: 'Memory',
      measure: 'bytes',
      lines: [
        line(series, 'workingSetBytes', 'working set', 1),
        line(series, 'rssBytes', 'RSS', 3),
        line(series, 'cacheBytes', 'cache', 2),
      ],
      bounds: limitAndRequest(container?.memoryLimitBytes, container?.memoryRequestBytes),
    },
    {
      key: 'network',
      title: 'Network',
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
  return chartsOf(series, shapes, container === undefined ? [] : containerEvents(container));
}
