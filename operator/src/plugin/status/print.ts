import { stringify } from 'yaml';
import type { Format } from '../command-line.ts';
import type { MonitorRow, NodeRow } from './rows.ts';

/** The monitors in one of the formats. */
export function printed(rows: readonly MonitorRow[], format: Format): string {
  switch (format) {
    case 'json':
      return JSON.stringify({ monitors: rows }, undefined, 2);
    case 'yaml':
      return stringify({ monitors: rows }).trimEnd();
    case 'table':
    case 'wide':
      return rows.length === 0
        ? 'There is no DockSnapMonitor: apply one, see docs/install.md'
        : rows.map((row) => monitorText(row, format === 'wide')).join('\n\n');
  }
}

function monitorText({ namespace, name, ready, reason, message, nodes }: MonitorRow, isWide: boolean): string {
  const count = `${nodes.filter(({ reporting }) => reporting).length} of ${nodes.length} nodes report`;
  const head = `${namespace}/${name}: ${ready === 'True' ? 'ready' : 'not ready'}, ${count} (${reason}: ${message})`;
  const heading = ['NODE', 'REPORTS', 'AGE', 'BACKLOG', ...(isWide ? ['VERSION', 'POD'] : []), 'WHY NOT'];
  return [head, table([heading, ...nodes.map((node) => cells(node, isWide))])].join('\n');
}

function cells(node: NodeRow, isWide: boolean): string[] {
  const known = (value: number | null, unit: string): string => (value === null ? '?' : `${value}${unit}`);
  const why = node.reason === '' ? '' : `${node.reason}: ${node.message}`;
  const wide = isWide ? [node.agentVersion ?? '?', node.pod] : [];
  const { name, reporting, ageSeconds, backlogTicks } = node;
  return [name, reporting ? 'yes' : 'NO', known(ageSeconds, 's'), known(backlogTicks, ''), ...wide, why];
}

/** Columns as wide as their widest cell. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  return rows.map((row) => `  ${line(row)}`.trimEnd()).join('\n');
}
