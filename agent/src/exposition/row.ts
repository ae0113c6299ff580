/** Where the parts of one sample line lie in its bytes. Reused from row to row. */
export interface Row {
  /** Between the braces; start = end when there are no labels. */
  labelsStart: number;
  labelsEnd: number;
  /** Whether the labels are those that were expected. */
  isExpected: boolean;
  valueStart: number;
  valueEnd: number;
  /** One number: unix ms, or NaN when the row carries none. In an array, where a number takes no memory of its own. */
  readonly timestampMs: Float64Array;
}

const space = 0x20;
const tab = 0x09;
const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const minus = 0x2d;

function skipBlanks(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && (bytes[next] === space || bytes[next] === tab)) next++;
  return next;
}

function skipToken(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && bytes[next] !== space && bytes[next] !== tab) next++;
  return next;
}

/** Index of the brace that closes the labels starting at `at`, braces in quoted values passed over; -1 if none. */
function closingBrace(bytes: Uint8Array, at: number, end: number): number {
  let quoted = false;
  for (let next = at; next < end; next++) {
    const byte = bytes[next];
    if (byte === quote) quoted = !quoted;
    else if (byte === backslash && quoted) next++;
    else if (byte === closeBrace && !quoted) return next;
  }
  return -1;
}

/** Reads whole milliseconds in bytes[start, end); false when it is not an integer of at most 15 digits. */
function readTimestamp(bytes: Uint8Array, start: number, end: number, into: Float64Array): boolean {
  const negative = bytes[start] === minus;
  const first = negative ? start + 1 : start;
  if (first === end || end - first > 15) return false;
  let value = 0;
  for (let at = first; at < end; at++) {
    const digit = (bytes[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return false;
    value = value * 10 + digit;
  }
  into[0] = negative ? -value : value;
  return true;
}

/** Whether these labels, whole, are what lies between the brace at `at - 1` and the next one. */
function hasLabels(bytes: Buffer, at: number, end: number, labels: Uint8Array): boolean {
  const labelsEnd = at + labels.length;
  if (labelsEnd >= end || bytes[labelsEnd] !== closeBrace) return false;
  return bytes.compare(labels, 0, labels.length, at, labelsEnd) === 0;
}

/**
 * Parses what follows a family's name on a line, bytes[start, end): `{labels} value [timestamp]`, into `row`.
 * Returns false when it is not of that form (Prometheus text format 0.0.4). Labels and value are not looked into.
 * If the labels are `expected`, a guess by the caller, one comparison of memory replaces the search for their end.
 */
export function parseRow(bytes: Buffer, start: number, end: number, row: Row, expected?: Uint8Array): boolean {
  row.labelsStart = start;
  row.labelsEnd = start;
  row.isExpected = false;
  let at = start;
  if (bytes[at] === openBrace) {
    row.labelsStart = at + 1;
    row.isExpected = expected !== undefined && hasLabels(bytes, at + 1, end, expected);
    row.labelsEnd = row.isExpected ? at + 1 + (expected?.length ?? 0) : closingBrace(bytes, at + 1, end);
    if (row.labelsEnd < 0) return false;
    at = row.labelsEnd + 1;
  } else if (bytes[at] !== space && bytes[at] !== tab) {
    return false;
  }
  row.valueStart = skipBlanks(bytes, at, end);
  row.valueEnd = skipToken(bytes, row.valueStart, end);
  if (row.valueStart === row.valueEnd) return false;
  return parseTimestamp(bytes, skipBlanks(bytes, row.valueEnd, end), end, row);
}

function parseTimestamp(bytes: Uint8Array, start: number, end: number, row: Row): boolean {
  row.timestampMs[0] = NaN;
  if (start === end) return true;
  const tokenEnd = skipToken(bytes, start, end);
  return readTimestamp(bytes, start, tokenEnd, row.timestampMs) && skipBlanks(bytes, tokenEnd, end) === end;
}
