import type { NodeDetail, QueryMetricName, SeriesAnswer } from '@docksnap/contract';
import type { Chart, ChartBound, ChartLine, SeriesSlot } from '../usage-chart/chart.ts';

export const nodeMetrics: readonly QueryMetricName[] = ['cpuCores', 'workingSetBytes', 'rssBytes', 'cacheBytes'];

function line(series: SeriesAnswer, key: QueryMetricName, label: string, slot: SeriesSlot): ChartLine[] {
  const values = series.metrics[key]?.values ?? [];
  // The main line stands even without values; a line that this node's source does not give is left out.
  return slot !== 1 && values.every((value) => value === null) ? [] : [{ key, label, slot, values }];
}

function capacity(value: number | null | undefined): ChartBound[] {
  return typeof value === 'number' ? [{ kind: 'limit', label: 'capacity', value }] : [];
}

/** CPU and memory of a node against what its machine has. */
export function nodeCharts(series: SeriesAnswer, node: NodeDetail | undefined): readonly Chart[] {
  const shared = { window: series, timestamps: series.timestamps, strip: null };
  return [
    {
      ...shared,
      title: 'CPU',
      measure: 'cores',
      lines: line(series, 'cpuCores', 'used', 1),
      bounds: capacity(node?.cores),
    },
    {
      ...shared,
      title: 'Memory',
      measure: 'bytes',
      lines: [
        ...line(series, 'workingSetBytes', 'working set', 1),
        ...line(series, 'rssBytes', 'RSS', 3),
        ...line(series, 'cacheBytes', 'cache', 2),
      ],
      bounds: capacity(node?.memoryBytes),
    },
  ];
}
