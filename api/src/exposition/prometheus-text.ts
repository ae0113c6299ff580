/**
 * The text format of Prometheus, version 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats). prom-client, which
 * serves this process's own metrics, cannot say when a sample was taken.
 */
export const prometheusType = 'text/plain; version=0.0.4; charset=utf-8';

export interface Family {
  readonly name: string;
  readonly kind: 'counter' | 'gauge';
  readonly help: string;
}

/** Labels in the order in which they are written; what is undefined or empty is the same as not there. */
export type Labels = Readonly<Record<string, string | undefined>>;

/** `# HELP` and `# TYPE`: they stand once before all rows of a family. */
export function familyText({ name, kind, help }: Family): string {
  return `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n# TYPE ${name} ${kind}\n`;
}

/** `{name="value",…}`, or nothing. Made once for all rows of one subject. */
export function labelsText(labels: Labels): string {
  const pairs = Object.entries(labels).flatMap(([name, value]) => (value ? [`${name}="${escaped(value)}"`] : []));
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

/** One row. Without a time it holds for the moment of the scrape; with one, in unix ms, whole. */
export function rowText(name: string, labels: string, value: number, atMs?: number): string {
  return `${name}${labels} ${valueText(value)}${atMs === undefined ? '' : ` ${atMs}`}\n`;
}

function valueText(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
