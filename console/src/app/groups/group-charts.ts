import type { GroupsAnswer, QueryMetricName, SeriesAnswer } from '@docksnap/contract';
import { colourSlots } from '../usage-chart/colour-slots.ts';
import type { Chart, ChartLine, Measure, SeriesSlot, Values } from '../usage-chart/chart.ts';
import { chartsOf } from '../usage-chart/charts-of.ts';
import { counted } from '../units.ts';

type Group = GroupsAnswer['metrics'][string]['groups'][number];

interface Band {
  readonly metric: QueryMetricName;
  readonly title: string;
  readonly measure: Measure;
}

/** What is taken apart, each a chart. */
export const bands: readonly Band[] = [
  { metric: 'cpuCores', title: 'CPU', measure: 'cores' },
  { metric: 'workingSetBytes', title: 'Memory', measure: 'bytes' },
];

export const groupMetrics: readonly QueryMetricName[] = bands.map(({ metric }) => metric);

/** The kinds that pages take a subject apart by, in words. */
type GroupWords = 'container' | 'pod' | 'workload';

/** The same colour on every page: by namespace and workload, for pods and for what has none by its own name. */
function identityOf({ namespace, workload, name }: Group, kind: GroupWords): string {
  const own = kind === 'pod' ? name : (workload?.name ?? name);
  return [namespace, own].filter((part) => part !== null).join('/');
}

function labelOf({ namespace, name }: Group): string {
  return namespace === null ? name : `${namespace}/${name}`;
}

/** Two replicas of one workload may lie on one node: what would be called the same has its pod beside its name. */
function labelsOf(groups: readonly Group[]): readonly string[] {
  const plain = groups.map(labelOf);
  const counts = new Map<string, number>();
  for (const label of plain) counts.set(label, (counts.get(label) ?? 0) + 1);
  return groups.map(({ pod }, index) => {
    const label = plain[index] ?? '';
    return (counts.get(label) ?? 0) > 1 && pod !== null ? `${label} in ${pod}` : label;
  });
}

/** Values of an answer on other steps: those of the page's own series, so that all its charts end together. */
export function onSteps(
  answer: Pick<GroupsAnswer, 'timestamps'>,
  values: Values,
  timestamps: readonly number[],
): Values {
  const known = new Map(answer.timestamps.map((timestamp, index) => [timestamp, values[index] ?? null]));
  return timestamps.map((timestamp) => known.get(timestamp) ?? null);
}

function inks(answer: GroupsAnswer, kind: GroupWords): ReadonlyMap<string, SeriesSlot> {
  const groups = bands.flatMap(({ metric }) => answer.metrics[metric]?.groups ?? []);
  return colourSlots(groups.map((group) => identityOf(group, kind)));
}

function linesOf(answer: GroupsAnswer, metric: QueryMetricName, kind: GroupWords): readonly ChartLine[] {
  const found = answer.metrics[metric];
  if (found === undefined) return [];
  const slots = inks(answer, kind);
  const labels = labelsOf(found.groups);
  const lines = found.groups.map((group, index): ChartLine => ({
    key: group.key,
    label: labels[index] ?? group.name,
    slot: slots.get(identityOf(group, kind)) ?? 'other',
    values: group.values,
  }));
  const { others, unaccounted } = found;
  if (others !== null)
    lines.push({
      key: 'others',
      label: counted(others.groups, `other ${kind}`),
      slot: 'other',
      values: others.values,
    });
  if (unaccounted !== null)
    lines.push({ key: 'unaccounted', label: 'outside containers', slot: 'earlier', values: unaccounted });
  return lines;
}

/** CPU and memory, taken apart: stacked, so that the height is the subject's own use. */
export function groupCharts(answer: GroupsAnswer, series: SeriesAnswer, kind: GroupWords): readonly Chart[] {
  return chartsOf(
    series,
    bands.map(({ metric, title, measure }) => ({
      key: `${metric}-by-${kind}`,
      title: `${title} by ${kind}`,
      measure,
      stacked: true,
      lines: linesOf(answer, metric, kind).map((line) => ({
        ...line,
        values: onSteps(answer, line.values, series.timestamps),
      })),
    })),
    [],
  );
}

/** The page's charts, with what each is made of beside it as soon as that is known. */
export function withParts(
  charts: readonly Chart[],
  answer: GroupsAnswer | undefined,
  series: SeriesAnswer,
  kind: GroupWords,
): readonly Chart[] {
  return answer === undefined ? charts : inPairs(charts, groupCharts(answer, series, kind));
}

/** The page's charts with each one's parts beside it: CPU, CPU by container, memory, memory by container, the rest. */
export function inPairs(charts: readonly Chart[], parts: readonly Chart[]): readonly Chart[] {
  const paired = charts.slice(0, parts.length).flatMap((chart, index) => {
    const part = parts[index];
    return part === undefined ? [chart] : [chart, part];
  });
  return [...paired, ...charts.slice(parts.length)];
}
