/** A text that would take more memory as values than it may. */
export class JsonTooLargeError extends Error {}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openBracket = 0x5b;
const openBrace = 0x7b;

/** An empty object takes some 60 bytes and two of text: a value may cost thirty times what it came as. */
export const jsonValues = 250_000;

/**
 * The text of JSON that others wrote, after its values were counted: so that `[{},{},…]` takes no more memory when it
 * is parsed than a text of the same size that makes sense.
 *
 * @throws JsonTooLargeError when it has more than `most` values.
 */
export function boundedText(bytes: Buffer, most = jsonValues): string {
  if (valuesIn(bytes, most) > most) throw new JsonTooLargeError(`it has more than ${most} values`);
  return bytes.toString('utf8');
}

/** The same, parsed. @throws JsonTooLargeError; SyntaxError when it is no JSON. */
export function parseBoundedJson(bytes: Buffer, most = jsonValues): unknown {
  return JSON.parse(boundedText(bytes, most));
}

/** About how many values a text has, counted up to `most`: one, and one for each comma and each opening. */
function valuesIn(bytes: Buffer, most: number): number {
  let values = 1;
  for (let at = 0; at < bytes.length && values <= most; at++) {
    const byte = bytes[at];
    if (byte === quote) at = stringEnd(bytes, at + 1);
    else if (byte === comma || byte === openBracket || byte === openBrace) values++;
  }
  return values;
}

/** Index of the quote that ends a string which starts at `at`, or the end of the text. */
function stringEnd(bytes: Buffer, at: number): number {
  let end = bytes.indexOf(quote, at);
  while (end >= 0 && isEscaped(bytes, end, at)) end = bytes.indexOf(quote, end + 1);
  return end < 0 ? bytes.length : end;
}

function isEscaped(bytes: Buffer, at: number, start: number): boolean {
  let slashes = 0;
  while (at - 1 - slashes >= start && bytes[at - 1 - slashes] === backslash) slashes++;
  return slashes % 2 === 1;
}
