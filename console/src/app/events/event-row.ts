import type { EventKind, EventRecord } from '@docksnap/contract';
import type { ChartEvent } from '../usage-chart/chart.ts';
import { formatMoment } from '../units.ts';

/** What a kind is called, and the shape that stands for it, as on the charts. */
export const eventKinds: Readonly<Record<EventKind, { readonly name: string; readonly glyph: string }>> = {
  deploy: { name: 'Deploy', glyph: '▲' },
  oom: { name: 'OOM kill', glyph: '✕' },
  exit: { name: 'Exit', glyph: '✕' },
  restart: { name: 'Restart', glyph: '○' },
  'node-silent': { name: 'Node silent', glyph: '◌' },
  'node-back': { name: 'Node back', glyph: '●' },
  kubernetes: { name: 'Kubernetes', glyph: '–' },
};

/** An event as a row: words, and links to what it is about. */
export interface EventRow {
  readonly id: string;
  readonly time: string;
  readonly kind: string;
  readonly glyph: string;
  /** What colours the shape: the words say it as well. */
  readonly tone: 'critical' | 'warning' | 'accent' | 'plain';
  /** What it is about, and its page; null where it has none. */
  readonly name: string;
  readonly link: readonly string[] | null;
  readonly message: string;
  readonly often: string;
}

export function eventRow(event: EventRecord, nowMs: number): EventRow {
  const { kind, message, reason, count, firstMs, atMs } = event;
  const { name, glyph } = eventKinds[kind];
  return {
    id: `${event.id} ${atMs}`,
    time: formatMoment(atMs, nowMs),
    kind: kind === 'kubernetes' ? reason : name,
    glyph,
    tone: toneOf(event),
    ...subjectOf(event),
    message: message === '' ? reason : message,
    often: count === 1 ? '' : `${count} times since ${formatMoment(firstMs, nowMs)}`,
  };
}

function toneOf({ kind, isWarning }: EventRecord): EventRow['tone'] {
  if (kind === 'deploy') return 'accent';
  if (kind === 'oom' || kind === 'exit' || kind === 'node-silent') return 'critical';
  return isWarning ? 'warning' : 'plain';
}

type Subject = Pick<EventRow, 'name' | 'link'>;

/** What an event is about: its container, else its workload, else its namespace, else its node. */
function subjectOf(event: EventRecord): Subject {
  const { namespace, nodeId, node } = event;
  if (namespace === null) return { name: node ?? '', link: nodeId === null ? null : ['/nodes', nodeId] };
  return containerOf(event, namespace) ?? workloadOf(event, namespace) ?? namespaceOf(event, namespace);
}

function containerOf({ workload, pod, container, containerId }: EventRecord, namespace: string): Subject | null {
  if (containerId === null) return null;
  const owner = workload?.name ?? pod;
  return { name: [`${namespace}/${owner ?? ''}`, container].join(', '), link: ['/containers', containerId] };
}

function workloadOf({ workload, pod }: EventRecord, namespace: string): Subject | null {
  if (workload === null) return null;
  const link = workload.kind === 'Pod' ? null : ['/workloads', namespace, workload.kind, workload.name];
  return { name: `${namespace}/${pod ?? workload.name}`, link };
}

function namespaceOf({ pod }: EventRecord, namespace: string): Subject {
  return { name: pod === null ? namespace : `${namespace}/${pod}`, link: ['/namespaces', namespace] };
}

const chartKinds: Partial<Record<EventKind, ChartEvent['kind']>> = {
  deploy: 'deploy',
  oom: 'oom',
  exit: 'restart',
  restart: 'restart',
};

/** Kinds that stand on charts, as the API takes them. */
export const kindsOnCharts = 'deploy,oom,restart';

/** Events as marks on charts. */
export function chartEvents(events: readonly EventRecord[]): readonly ChartEvent[] {
  return events.flatMap(({ kind, atMs, workload, container, message }): ChartEvent[] => {
    const mark = chartKinds[kind];
    if (mark === undefined) return [];
    const name = workload?.name ?? container ?? '';
    const image = /:([^:/@]{1,24})$/.exec(message)?.[1];
    const label =
      mark === 'deploy' ? `${name} ${image ?? 'deploy'}` : mark === 'oom' ? `OOM, ${name}` : `restart, ${name}`;
    return [{ kind: mark, atMs, label }];
  });
}
