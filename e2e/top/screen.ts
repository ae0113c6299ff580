import type { Snapshot } from './snapshot.ts';
import { tableOf } from './table.ts';

/** What `--json` prints: one line for one snapshot. */
export function jsonLine({ atMs, total, partial, rows }: Snapshot): string {
  return JSON.stringify({ atMs, total, partial, containers: rows });
}

/** A sentence above the table, and the table. @param trouble why the newest answer did not come */
export function linesOf({ atMs, total, rows, partial }: Snapshot, trouble: string | undefined): string[] {
  const at = new Date(atMs).toISOString().slice(11, 19);
  const shown = rows.length === total ? `${total}` : `${rows.length} of ${total}`;
  const head = `${shown} running ${total === 1 ? 'container' : 'containers'} at ${at} UTC`;
  return [
    head,
    ...(trouble === undefined ? [] : [`These are old: ${trouble}`]),
    ...(partial === null ? [] : [`Rates are not whole: ${partial}`]),
    ...(rows.length === 0 ? [] : ['', ...tableOf(rows)]),
  ];
}

const escape = '\u001b[';
const eraseToLineEnd = `${escape}K`;

/** Lines over those of before: from the top left, each cut at the terminal's width, what was below erased. */
export function inPlace(lines: readonly string[], columns: number, rows: number): string {
  const fitting = lines.slice(0, Math.max(1, rows - 1)).map((line) => `${line.slice(0, columns)}${eraseToLineEnd}\n`);
  return `${escape}H${fitting.join('')}${escape}J`;
}
