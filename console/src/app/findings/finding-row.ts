import type { Finding } from '@docksnap/contract';
import type { MarkKind } from '../ui/mark.ts';
import { formatMoment } from '../units.ts';

/** A finding as a row: who, what, since when, and where its chart is. */
export interface FindingRow {
  readonly id: string;
  readonly mark: MarkKind;
  /** What the shape says. */
  readonly urgency: string;
  readonly name: string;
  readonly place: string;
  readonly sentence: string;
  readonly since: string;
  readonly link: readonly string[];
  readonly params: Readonly<Record<string, string>>;
  /** The chart's place on that page. */
  readonly fragment: string;
}

const marks: Readonly<Record<Finding['urgency'], MarkKind>> = {
  critical: 'critical',
  warning: 'warning',
  notice: 'unknown',
};
const urgencies: Readonly<Record<Finding['urgency'], string>> = {
  critical: 'Critical',
  warning: 'Warning',
  notice: 'Notice',
};
/** "checkout/api", and beside it the container's name where that is another one; a node by its name. */
function nameOf({ namespace, workload, name }: Finding['subject']): string {
  if (namespace === null) return name;
  const owner = workload === null ? name : workload.name;
  return owner === name ? `${namespace}/${name}` : `${namespace}/${owner}, ${name}`;
}

export function findingRow(finding: Finding, nowMs: number): FindingRow {
  const { id, urgency, subject, sentence, sinceMs, alike, fromMs, toMs, chart, confidence } = finding;
  const others = alike === 0 ? '' : ` ${alike} more of its replicas too.`;
  return {
    id,
    mark: marks[urgency],
    urgency: urgencies[urgency],
    name: nameOf(subject),
    place: subject.kind === 'node' ? '' : `on ${subject.node}`,
    sentence: `${sentence}${confidence === 'certain' ? '' : ` (${confidence})`}${others}`,
    since: sinceMs === null ? '' : `since ${formatMoment(sinceMs, nowMs)}`,
    link: [subject.kind === 'node' ? '/nodes' : '/containers', subject.id],
    params: { from: String(fromMs), to: String(toMs) },
    fragment: `chart-${chart}`,
  };
}
