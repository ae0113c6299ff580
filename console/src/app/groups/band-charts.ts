import type { BandsAnswer, SeriesAnswer, WorkloadSummary } from '@docksnap/contract';
import type { Chart, ChartLine } from '../usage-chart/chart.ts';
import { chartsOf, limitAndRequest } from '../usage-chart/charts-of.ts';
import { bands, onSteps } from './group-charts.ts';

type Sums = Pick<
  WorkloadSummary,
  'pods' | 'cpuRequestCores' | 'cpuLimitCores' | 'memoryRequestBytes' | 'memoryLimitBytes'
>;

/** The middle pod first, as it is the one that the chart is about; the least stands out only where it differs. */
const lines = [
  { key: 'p50', label: (part: string) => `the middle ${part}`, slot: 1 },
  { key: 'p95', label: (part: string) => `95 % of ${part}s below`, slot: 2 },
  { key: 'max', label: () => 'the most', slot: 4 },
  { key: 'min', label: () => 'the least', slot: 7 },
] as const;

/** Nothing lies about one pod. */
const fewestPods = 2;

/** CPU and memory per pod: percentiles over the pods at each step, against what one asks for. `part`: what a pod is called. */
export function bandCharts(
  answer: BandsAnswer | undefined,
  series: SeriesAnswer,
  sums: Sums | undefined,
  part: 'pod' | 'container',
): readonly Chart[] {
  const most = Math.max(0, ...Object.values(answer?.metrics ?? {}).flatMap(({ counts }) => counts));
  if (answer === undefined || most < fewestPods) return [];
  const ofPod = (sum: number | null | undefined) => (sums === undefined || sum == null ? null : sum / sums.pods);
  const shapes = bands.map(({ metric, title, measure }) => ({
    key: `${metric}-of-pods`,
    title: `${title} of a ${part}`,
    measure,
    note: `${most} ${part}s`,
    bounds:
      metric === 'cpuCores'
        ? limitAndRequest(ofPod(sums?.cpuLimitCores), ofPod(sums?.cpuRequestCores))
        : limitAndRequest(ofPod(sums?.memoryLimitBytes), ofPod(sums?.memoryRequestBytes)),
    lines: lines.map(({ key, label, slot }): ChartLine => {
      const values = answer.metrics[metric]?.bands[key] ?? [];
      return { key, label: label(part), slot, values: onSteps(answer, values, series.timestamps) };
    }),
  }));
  return chartsOf(series, shapes, []);
}
