import type { Row } from './bench.ts';
import { judge } from './verdict.ts';

const headings = ['what', 'DockSnap', 'peer', 'ratio', 'goal', 'met', 'spread'] as const;

/** The cells of one row, as text. */
function cells(row: Row): readonly string[] {
  const { value, peer, ratio, spread, met, decides } = judge(row);
  return [
    row.what,
    `${figure(value)} ${row.unit}`,
    peer === undefined || row.peer === undefined ? '' : `${figure(peer)} (${row.peer.name})`,
    ratio === undefined ? '' : `${figure(ratio)}×`,
    goalOf(row),
    met === undefined ? '' : `${met ? 'yes' : 'no'}${decides ? '' : ' (time)'}`,
    `${(100 * spread).toFixed(0)} %`,
  ];
}

function goalOf({ goal }: Row): string {
  if (goal === undefined) return '';
  return `${goal.kind === 'at most' ? '≤' : '≥'} ${figure(goal.bound)}${goal.of === 'ratio' ? '×' : ''}`;
}

/** Three significant digits, thousands grouped. */
export function figure(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 3 });
}

/** For a terminal: columns padded with spaces. */
export function textTable(rows: readonly Row[]): string {
  return padded([headings, ...rows.map(cells)], (line) => line.join('  ').trimEnd());
}

/** For a document: a Markdown table, in the form that prettier leaves alone. */
export function markdownTable(rows: readonly Row[]): string {
  const [head = '', ...rest] = padded([headings, ...rows.map(cells)], (line) => `| ${line.join(' | ')} |`).split('\n');
  const rule = head.replace(/[^|]/g, '-').replaceAll('|-', '| ').replaceAll('-|', ' |');
  return [head, rule, ...rest].join('\n');
}

function padded(lines: readonly (readonly string[])[], join: (line: readonly string[]) => string): string {
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines.map((line) => join(line.map((cell, column) => cell.padEnd(widths[column] ?? 0)))).join('\n');
}
