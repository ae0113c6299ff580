import type { Chart } from '../chart.ts';
import { csvTable } from '../../ui/csv.ts';

const units = { cores: 'cores', bytes: 'bytes', bytesPerSecond: 'bytes/s', share: 'share' } as const;

/** A chart's values as CSV: ISO times at each step's end, values in the measure's own unit, empty where unknown. */
export function chartCsv(chart: Chart): string {
  const unit = units[chart.measure];
  const columns = [
    ...chart.lines.map((line) => ({ head: `${line.label} (${unit})`, values: line.values })),
    ...(chart.strip === null ? [] : [{ head: `${chart.strip.label} (share)`, values: chart.strip.values }]),
  ];
  const rows = chart.timestamps.map((ms, index) => [
    new Date(ms).toISOString(),
    ...columns.map(({ values }) => values[index] ?? null),
  ]);
  return csvTable(['until', ...columns.map(({ head }) => head)], rows);
}
