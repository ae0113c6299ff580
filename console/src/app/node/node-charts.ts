import type { NodeDetail, QueryMetricName, SeriesAnswer } from '@docksnap/contract';
import { chartsOf, line, type ChartShape } from '../usage-chart/charts-of.ts';
import type { Chart, ChartBound, ChartLine } from '../usage-chart/chart.ts';

export const nodeMetrics: readonly QueryMetricName[] = [
  'cpuCores',
  'workingSetBytes',
  'rssBytes',
  'cacheBytes',
  'networkReceivedBytesPerSecond',
  'networkTransmittedBytesPerSecond',
  'diskReadBytesPerSecond',
  'diskWrittenBytesPerSecond',
];

function capacity(value: number | null | undefined): ChartBound[] {
  return typeof value === 'number' ? [{ kind: 'limit', label: 'capacity', value }] : [];
}

/** Lines that this node's source gives; the first stands even without values. */
function given(lines: readonly ChartLine[]): readonly ChartLine[] {
  return lines.filter((one, index) => index === 0 || one.values.some((value) => value !== null));
}

/** CPU and memory of a node against what its machine has, its network and its disks. */
export function nodeCharts(series: SeriesAnswer, node: NodeDetail | undefined): readonly Chart[] {
  const shapes: readonly ChartShape[] = [
    {
      key: 'cpu',
      title: 'CPU',
      measure: 'cores',
      lines: [line(series, 'cpuCores', 'used', 1)],
      bounds: capacity(node?.cores),
    },
    {
      key: 'memory',
      title: 'Memory',
      measure: 'bytes',
      lines: given([
        line(series, 'workingSetBytes', 'working set', 1),
        line(series, 'rssBytes', 'RSS', 3),
        line(series, 'cacheBytes', 'cache', 2),
      ]),
      bounds: capacity(node?.memoryBytes),
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
  return chartsOf(series, shapes, []);
}
