const dot = 0x2e;
const zero = 0x30;
const minus = 0x2d;
const plus = 0x2b;

/** Exponents beyond this say nothing more: the result is 0 or too large. */
const exponentBound = 400;

function isDigit(byte: number | undefined): byte is number {
  return byte !== undefined && byte >= zero && byte <= zero + 9;
}

function isSign(byte: number | undefined): boolean {
  return byte === minus || byte === plus;
}

/** Index of the first byte from `at` on that is no digit. */
function digitsEnd(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && isDigit(bytes[next])) next++;
  return next;
}

/** The integer after `e` in [at, end); 0 when nothing is left, NaN when it is not an exponent. */
function exponentOf(bytes: Uint8Array, at: number, end: number): number {
  if (at === end) return 0;
  if (bytes[at] !== 0x65 && bytes[at] !== 0x45) return NaN;
  let next = at + 1;
  const negative = bytes[next] === minus;
  if (negative || bytes[next] === plus) next++;
  if (next === end) return NaN;
  let value = 0;
  for (; next < end; next++) {
    const byte = bytes[next];
    if (!isDigit(byte)) return NaN;
    value = Math.min(value * 10 + byte - zero, exponentBound);
  }
  return negative ? -value : value;
}

/**
 * The first `whole` digits of [start, end) as an integer, zeros appended if there are fewer, rounded by the digit
 * that follows. NaN once it leaves the safe integers; below 2^53 every step is exact.
 */
function wholeOf(bytes: Uint8Array, start: number, end: number, whole: number): number {
  let value = 0;
  let taken = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (!isDigit(byte)) continue;
    if (taken >= whole) return taken === whole && byte >= zero + 5 ? value + 1 : value;
    value = value * 10 + (byte - zero);
    taken++;
    if (value > Number.MAX_SAFE_INTEGER) return NaN;
  }
  for (; taken < whole && value > 0; taken++) {
    value *= 10;
    if (value > Number.MAX_SAFE_INTEGER) return NaN;
  }
  return value;
}

/**
 * The decimal text bytes[start, end) times 10^power as a whole number, rounded half away from zero by its digits and
 * never by way of a binary fraction: `62.031107276` with power 6 is 62031107. NaN when the text is not a finite
 * decimal (NaN, Inf, empty, malformed) or the result exceeds 2^53 - 1.
 */
export function scaledInteger(bytes: Uint8Array, start: number, end: number, power: number): number {
  const first = isSign(bytes[start]) ? start + 1 : start;
  const wholeEnd = digitsEnd(bytes, first, end);
  const hasPoint = wholeEnd < end && bytes[wholeEnd] === dot;
  const last = hasPoint ? digitsEnd(bytes, wholeEnd + 1, end) : wholeEnd;
  const exponent = exponentOf(bytes, last, end);
  if (last - first === (hasPoint ? 1 : 0) || Number.isNaN(exponent)) return NaN;
  // A negative count of whole digits means a value below 0.1 units: the digit that decides is an implied zero.
  const magnitude = wholeOf(bytes, first, last, wholeEnd - first + exponent + power);
  if (!(magnitude <= Number.MAX_SAFE_INTEGER)) return NaN;
  return bytes[start] === minus && magnitude > 0 ? -magnitude : magnitude;
}
