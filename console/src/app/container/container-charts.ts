import type { ContainerDetail, QueryMetricName, SeriesAnswer } from '@docksnap/contract';
import { originWords } from '../machines/machines.ts';
import { chartsOf, limitAndRequest, line, memoryLines, trafficShapes, usageMetrics } from '../usage-chart/charts-of.ts';
import type { Chart, ChartEvent, ChartStrip } from '../usage-chart/chart.ts';
import { formatShare } from '../units.ts';
import { containerEvents } from './container-events.ts';

export const containerMetrics: readonly QueryMetricName[] = [...usageMetrics, 'throttledRatio'];

/** Without a CPU limit nothing throttles a container: the strip stands only where there is something to say. */
function throttled(series: SeriesAnswer): ChartStrip | null {
  const values = series.metrics['throttledRatio']?.values ?? [];
  return values.some((value) => value !== null) ? { label: 'throttled, share of periods', slot: 2, values } : null;
}

function shareOfLimit(container: ContainerDetail | undefined): string {
  if (container?.cpuCores == null || container.cpuLimitCores === null) return '';
  return `${formatShare(container.cpuCores / container.cpuLimitCores)} of its limit now`;
}

function isOfMachine(container: ContainerDetail | undefined): boolean {
  return container !== undefined && originWords(container.namespace) !== null;
}

/**
 * CPU and memory of a container against its request and limit, its network and its disk, with what befell it: its ends
 * as it tells them itself, and of `happened` what it cannot know, which is deploys.
 */
export function containerCharts(
  series: SeriesAnswer,
  container: ContainerDetail | undefined,
  happened: readonly ChartEvent[] = [],
): readonly Chart[] {
  return chartsOf(
    series,
    [
      {
        key: 'cpu',
        title: 'CPU',
        note: shareOfLimit(container),
        measure: 'cores',
        lines: [line(series, 'cpuCores', 'used', 1)],
        bounds: limitAndRequest(container?.cpuLimitCores, container?.cpuRequestCores),
        strip: throttled(series),
      },
      {
        key: 'memory',
        title: 'Memory',
        note: `the working set is what ${isOfMachine(container) ? 'docker stats' : 'kubectl top'} shows`,
        measure: 'bytes',
        lines: memoryLines(series),
        bounds: limitAndRequest(container?.memoryLimitBytes, container?.memoryRequestBytes),
      },
      ...trafficShapes(series, isOfMachine(container) ? '' : 'of the whole pod'),
    ],
    [
      ...(container === undefined ? [] : containerEvents(container)),
      ...happened.filter(({ kind }) => kind === 'deploy'),
    ],
  );
}
