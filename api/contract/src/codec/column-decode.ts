import type { Presence } from './presence.ts';
import type { Reader } from './reader.ts';
import { constant, delta, deltaOfDelta, plain } from './residual.ts';

const max = Number.MAX_SAFE_INTEGER;

/**
 * Reads what writeColumns wrote: one array of `presence.ticks` values for each of `groupRows`, the presence rows of
 * the groups that the series belong to. With `references`, first samples are differences to them, and a series may be
 * without any sample: undefined. Memory: 8 bytes a value; the caller has checked that many.
 */
export function readColumns(
  reader: Reader,
  groupRows: readonly number[],
  presence: Presence,
  references?: Float64Array,
): (Float64Array | undefined)[] {
  const { ticks } = presence;
  const rows = readRows(reader, groupRows, presence);
  if (ticks === 1) return readSingles(reader, rows, presence, references);
  const all = new Float64Array(groupRows.length * ticks);
  const sampled: Sampled[] = [];
  for (const [i, row] of rows.entries()) {
    const count = presence.count(row);
    if (count > 0) sampled.push({ i, row, count, column: all.subarray(i * ticks, (i + 1) * ticks) });
  }
  if (references === undefined && sampled.length < rows.length) {
    reader.fail('a series is announced that has no sample');
  }
  reader.what = 'first samples';
  const divisor = readDivisor(reader);
  for (const { i, column } of sampled) {
    column[0] = safe(reader, multiple(reader, divisor) + (references?.[i] ?? 0));
  }
  readRests(reader, sampled, presence);
  reader.end();
  const columns = groupRows.map((): Float64Array | undefined => undefined);
  for (const { i, column } of sampled) columns[i] = column;
  return columns;
}

/** The same of a single tick, as agents push them: there are first samples and nothing else. */
function readSingles(
  reader: Reader,
  rows: readonly number[],
  presence: Presence,
  references: Float64Array | undefined,
): (Float64Array | undefined)[] {
  if (references === undefined && rows.some((row) => presence.count(row) === 0)) {
    reader.fail('a series is announced that has no sample');
  }
  reader.what = 'first samples';
  const divisor = readDivisor(reader);
  const columns = rows.map((row, i) => {
    if (presence.count(row) === 0) return undefined;
    const values = new Float64Array(1);
    values[0] = safe(reader, multiple(reader, divisor) + (references?.[i] ?? 0));
    return values;
  });
  reader.end();
  return columns;
}

/** A series that has samples, and which of all it is. */
interface Sampled {
  readonly i: number;
  readonly row: number;
  readonly count: number;
  readonly column: Float64Array;
}

/** What follows the first samples; then each sample is moved to its tick. */
function readRests(reader: Reader, sampled: readonly Sampled[], presence: Presence): void {
  reader.what = 'modes';
  const modes = sampled.map(({ count }) => (count < 2 ? constant : readMode(reader)));
  reader.what = 'divisors';
  const divisors = modes.map((mode) => (mode === constant ? 1 : readDivisor(reader)));
  reader.what = 'residuals';
  for (const [at, { row, count, column }] of sampled.entries()) {
    readRest(reader, column, count, modes[at] ?? constant, divisors[at] ?? 1);
    if (count < presence.ticks) spread(column, count, presence, row);
  }
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
