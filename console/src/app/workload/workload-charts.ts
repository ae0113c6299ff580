import type { SeriesAnswer, WorkloadSummary } from '@docksnap/contract';
import { chartsOf, limitAndRequest, line, memoryLines, trafficShapes } from '../usage-chart/charts-of.ts';
import type { Chart } from '../usage-chart/chart.ts';

/** What requests and limits of several pods are summed from, for a workload or namespace. */
export type Sums = Pick<
  WorkloadSummary,
  'cpuRequestCores' | 'cpuLimitCores' | 'memoryRequestBytes' | 'memoryLimitBytes'
>;

/** All that runs of a workload or namespace together, against the sum of what it asks for. */
export function workloadCharts(
  series: SeriesAnswer,
  sums: Sums | undefined,
  part: 'pod' | 'container',
): readonly Chart[] {
  const note = `all ${part}s together`;
  return chartsOf(
    series,
    [
      {
        key: 'cpu',
        title: 'CPU',
        note,
        measure: 'cores',
        lines: [line(series, 'cpuCores', 'used', 1)],
        bounds: limitAndRequest(sums?.cpuLimitCores, sums?.cpuRequestCores),
      },
      {
        key: 'memory',
        title: 'Memory',
        note,
        measure: 'bytes',
        lines: memoryLines(series),
        bounds: limitAndRequest(sums?.memoryLimitBytes, sums?.memoryRequestBytes),
      },
      ...trafficShapes(series, note),
    ],
    [],
  );
}
