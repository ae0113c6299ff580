import type { Presence } from './presence.ts';
import type { Reader } from './reader.ts';
import { constant, delta, deltaOfDelta, plain } from './residual.ts';

const max = Number.MAX_SAFE_INTEGER;

/**
 * Reads what writeColumns wrote: one array of `presence.ticks` values for each of `groupRows`, the presence rows of
 * the groups that the series belong to. Memory: 8 bytes a value; the caller has checked that many.
 */
export function readColumns(reader: Reader, groupRows: readonly number[], presence: Presence): Float64Array[] {
  const { ticks } = presence;
  const all = new Float64Array(groupRows.length * ticks);
  const columns = groupRows.map((_, i) => all.subarray(i * ticks, (i + 1) * ticks));
  const rows = readRows(reader, groupRows, presence);
  const counts = rows.map((row) => presence.count(row));
  if (counts.includes(0)) reader.fail('a series is announced that has no sample');
  reader.what = 'first samples';
  const divisor = readDivisor(reader);
  for (const column of columns) column[0] = multiple(reader, divisor);
  reader.what = 'modes';
  const modes = counts.map((count) => (count < 2 ? constant : readMode(reader)));
  reader.what = 'divisors';
  const divisors = modes.map((mode) => (mode === constant ? 1 : readDivisor(reader)));
  reader.what = 'residuals';
  for (const [i, column] of columns.entries()) {
    const count = counts[i] ?? 0;
    readRest(reader, column, count, modes[i] ?? constant, divisors[i] ?? 1);
    if (count < ticks) spread(column, count, presence, rows[i] ?? 0);
  }
  reader.end();
  return columns;
}

function readRows(reader: Reader, groupRows: readonly number[], presence: Presence): readonly number[] {
  reader.what = 'flags';
  const flags = reader.byte();
  if (flags > 1) reader.fail(`${flags} has bits that mean nothing`);
  if (flags === 0) return groupRows;
  reader.what = 'presence of series';
  return groupRows.map((groupRow) => {
    const row = reader.index(presence.rows);
    if (!presence.isWithin(row, groupRow)) reader.fail(`row ${row} has samples that the group has not`);
    return row;
  });
}

function readMode(reader: Reader): number {
  const mode = reader.byte();
  if (mode > plain) reader.fail(`${mode} is no mode`);
  return mode;
}

function readDivisor(reader: Reader): number {
  const divisor = reader.unsigned();
  if (divisor === 0) reader.fail('a divisor is 0');
  return divisor;
}

function multiple(reader: Reader, divisor: number): number {
  return safe(reader, reader.signed() * divisor);
}

function safe(reader: Reader, value: number): number {
  if (value > max || value < -max) reader.fail('a value is beyond 2^53 - 1');
  return value;
}

/** Samples 1 to count - 1 of a column that has its first. */
function readRest(reader: Reader, column: Float64Array, count: number, mode: number, divisor: number): void {
  const first = column[0] ?? 0;
  let last = first;
  let change = 0;
  for (let i = 1; i < count; i++) {
    if (mode !== constant) {
      const residual = multiple(reader, divisor);
      if (mode === delta) change = residual;
      if (mode === deltaOfDelta) change = safe(reader, change + residual);
      last = mode === plain ? residual : safe(reader, last + change);
    }
    column[i] = last;
  }
}

/** Moves the samples, which stand at the column's start, to their ticks; from the end, for none moves forward. */
function spread(column: Float64Array, count: number, presence: Presence, row: number): void {
  let next = count - 1;
  for (let tick = column.length - 1; tick >= 0; tick--) {
    column[tick] = presence.has(row, tick) ? (column[next--] ?? 0) : NaN;
  }
}
