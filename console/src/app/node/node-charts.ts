import type { NodeDetail, SeriesAnswer } from '@docksnap/contract';
import { chartsOf, line, memoryLines, trafficShapes } from '../usage-chart/charts-of.ts';
import type { Chart, ChartBound, ChartEvent, ChartLine } from '../usage-chart/chart.ts';

function capacity(value: number | null | undefined): ChartBound[] {
  return typeof value === 'number' ? [{ kind: 'limit', label: 'capacity', value }] : [];
}

/** Lines that this node's source gives; the first stands even without values. */
function given(lines: readonly ChartLine[]): readonly ChartLine[] {
  return lines.filter((one, index) => index === 0 || one.values.some((value) => value !== null));
}

/** CPU and memory of a node against what its machine has, its network and its disks, with what happened on it. */
export function nodeCharts(
  series: SeriesAnswer,
  node: NodeDetail | undefined,
  events: readonly ChartEvent[],
): readonly Chart[] {
  return chartsOf(
    series,
    [
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
        lines: given(memoryLines(series)),
        bounds: capacity(node?.memoryBytes),
      },
      ...trafficShapes(series, ''),
    ],
    events,
  );
}
