import type { QueryMetricName, SeriesAnswer } from '@docksnap/contract';
import { alignTo } from '../live/merge-points.ts';
import type { RangeWindow } from '../time/time-range.ts';
import { colourSlots } from '../usage-chart/colour-slots.ts';
import type { Chart, Measure, SeriesSlot, Values } from '../usage-chart/chart.ts';

interface Compare {
  readonly key: string;
  readonly title: string;
  readonly measure: Measure;
  readonly metrics: readonly QueryMetricName[];
}

/** What is compared: each of these is a chart, its metrics added up. */
export const comparisons: readonly Compare[] = [
  { key: 'cpu', title: 'CPU', measure: 'cores', metrics: ['cpuCores'] },
  { key: 'memory', title: 'Memory, working set', measure: 'bytes', metrics: ['workingSetBytes'] },
  { key: 'throttled', title: 'Throttled, share of periods', measure: 'share', metrics: ['throttledRatio'] },
  {
    key: 'network',
    title: 'Network, in and out',
    measure: 'bytesPerSecond',
    metrics: ['networkReceivedBytesPerSecond', 'networkTransmittedBytesPerSecond'],
  },
];

export const comparedMetrics: readonly QueryMetricName[] = comparisons.flatMap(({ metrics }) => metrics);

/** One line of every chart. `beforeMs`: its values are so much older and are laid over the page's time. */
export interface ComparedLine {
  readonly name: string;
  readonly label: string;
  readonly series: SeriesAnswer;
  readonly beforeMs: number;
}

/** The sum of some metrics on each step of a window; null where none is known. */
function valuesOf(
  { series, beforeMs }: ComparedLine,
  metrics: readonly QueryMetricName[],
  window: RangeWindow,
): Values {
  const moved = { ...series, timestamps: series.timestamps.map((ms) => ms + beforeMs) };
  const aligned = alignTo(moved, window);
  return aligned.timestamps.map((_, index) => {
    const known = metrics.map((metric) => aligned.metrics[metric]?.values[index] ?? null).filter((one) => one !== null);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
  });
}

function slotOf(line: ComparedLine, slots: ReadonlyMap<string, SeriesSlot>, isPeriods: boolean): SeriesSlot {
  if (line.beforeMs > 0) return 'earlier';
  return isPeriods ? 1 : (slots.get(line.name) ?? 'other');
}

/** Several things, or two periods of one, on the same axes. */
export function compareCharts(lines: readonly ComparedLine[], window: RangeWindow): readonly Chart[] {
  const isPeriods = lines.some(({ beforeMs }) => beforeMs > 0);
  const slots = colourSlots(lines.map(({ name }) => name));
  const [first] = lines;
  if (first === undefined) return [];
  const { timestamps } = alignTo(first.series, window);
  return comparisons.map(({ key, title, measure, metrics }) => ({
    key,
    title,
    measure,
    note: '',
    window,
    timestamps,
    stacked: false,
    bounds: [],
    strip: null,
    events: [],
    lines: lines.map((line, index) => ({
      key: `${index}`,
      label: line.label,
      slot: slotOf(line, slots, isPeriods),
      values: valuesOf(line, metrics, window),
    })),
  }));
}
