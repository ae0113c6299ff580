/**
 * A second, independent reading of the kubelet's text pages: regular expressions and BigInt, slow and plain, so that
 * it shares no mistake with the agent's parser.
 */

/** One row: its family and labels as written, its value as written, its own timestamp in unix ms. */
export interface Row {
  readonly family: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: string;
  readonly timestampMs: number;
}

const rowPattern = /^([a-z_]+)(?:\{(.*)\})? (\S+) (\d+)$/gm;
const labelPattern = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** The rows of a page that carry a timestamp. */
export function rowsOf(page: string): Row[] {
  return [...page.matchAll(rowPattern)].map(([, family = '', labels = '', value = '', timestamp = '']) => ({
    family,
    labels: new Map([...labels.matchAll(labelPattern)].map(([, name = '', text = '']) => [name, text])),
    value,
    timestampMs: Number(timestamp),
  }));
}

/** The whole millionths of a decimal number as text, rounded half up: seconds to microseconds. */
export function millionths(text: string): bigint {
  const match = /^(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(text);
  if (match === null) throw new Error(`not a decimal number: ${text}`);
  const [, whole = '0', fraction = '', exponent = '0'] = match;
  const shift = Number(exponent) + 7 - fraction.length;
  const digits = BigInt(whole + fraction);
  const tenths = shift >= 0 ? digits * 10n ** BigInt(shift) : digits / 10n ** BigInt(-shift);
  return (tenths + 5n) / 10n;
}

/** A whole number as text, possibly with an exponent. */
export function whole(text: string): bigint {
  return millionths(text) / 1_000_000n;
}
