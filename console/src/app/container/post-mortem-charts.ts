import type { PostMortem } from '@docksnap/contract';
import type { Chart, ChartBound, ChartLine, Measure } from '../usage-chart/chart.ts';

/** The last five minutes of a container's memory and CPU, against its limits, up to its end. */
export function postMortemCharts(found: PostMortem): readonly Chart[] {
  const { timestamps, stepSeconds, end } = found;
  const toMs = timestamps.at(-1) ?? end.finishedAtMs;
  const fromMs = (timestamps[0] ?? toMs) - stepSeconds * 1000;
  const isOom = end.reason === 'OOMKilled';
  const label = isOom ? 'OOM kill' : 'end';
  const chart = (key: string, title: string, measure: Measure, line: ChartLine, limit: number | null): Chart => ({
    key: `last-${key}`,
    title,
    note: 'the last five minutes',
    measure,
    window: { fromMs, toMs, stepSeconds },
    timestamps,
    lines: [line],
    stacked: false,
    bounds: boundOf(limit),
    strip: null,
    events: [{ kind: isOom ? 'oom' : 'restart', atMs: end.finishedAtMs, label }],
  });
  return [
    chart(
      'memory',
      'Memory before the end',
      'bytes',
      { key: 'workingSetBytes', label: 'working set', slot: 1, values: found.workingSetBytes },
      found.memoryLimitBytes,
    ),
    chart(
      'cpu',
      'CPU before the end',
      'cores',
      { key: 'cpuCores', label: 'used', slot: 1, values: found.cpuCores },
      found.cpuLimitCores,
    ),
  ];
}

function boundOf(limit: number | null): readonly ChartBound[] {
  return limit === null ? [] : [{ kind: 'limit', label: 'limit', value: limit }];
}
