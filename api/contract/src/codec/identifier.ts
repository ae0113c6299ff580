import { fromHex, toHex } from './hex.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/**
 * How an identifier is stored (FORMAT.md, "Identifiers"); the order is the stored number. Only canonical text (lower
 * case) is stored as raw bytes, so that each identifier comes back as it was.
 */
export const identifierForms = ['empty', 'text', 'uuid', 'hex16', 'hex32', 'uuid/text', 'hex16/text'] as const;
export type IdentifierForm = (typeof identifierForms)[number];

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const patterns: readonly (readonly [IdentifierForm, RegExp])[] = [
  ['empty', /^$/],
  ['uuid', new RegExp(`^${uuid}$`)],
  ['uuid/text', new RegExp(`^${uuid}/`)],
  ['hex32', /^[0-9a-f]{64}$/],
  ['hex16', /^[0-9a-f]{32}$/],
  ['hex16/text', /^[0-9a-f]{32}\//],
];

export function formOf(id: string): IdentifierForm {
  return patterns.find(([, pattern]) => pattern.test(id))?.[0] ?? 'text';
}

const fixedBytes: Record<IdentifierForm, number> = {
  empty: 0,
  text: 0,
  uuid: 16,
  hex16: 16,
  hex32: 32,
  'uuid/text': 16,
  'hex16/text': 16,
};

/** Length of the fixed part as text, with the slash. */
const fixedChars = { 'uuid/text': 37, 'hex16/text': 33 } as const;

/** The raw bytes of the identifier's fixed part. */
export function writeFixed(writer: Writer, id: string, form: IdentifierForm): void {
  if (fixedBytes[form] === 0) return;
  writer.raw(fromHex(id.replaceAll('-', '').slice(0, 2 * fixedBytes[form])));
}

export function readFixed(reader: Reader, form: IdentifierForm): string {
  const hex = toHex(reader.raw(fixedBytes[form]));
  if (form !== 'uuid' && form !== 'uuid/text') return hex;
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The rest of the identifier, as text. */
export function writeText(writer: Writer, id: string, form: IdentifierForm): void {
  if (form === 'text') writer.text(id);
  if (form === 'uuid/text' || form === 'hex16/text') writer.text(id.slice(fixedChars[form]));
}

/** The identifier, of its fixed part and the text that follows. */
export function readText(reader: Reader, fixed: string, form: IdentifierForm, maxBytes: number): string {
  if (form === 'text') return reader.text(maxBytes);
  if (form === 'uuid/text' || form === 'hex16/text') {
    return `${fixed}/${reader.text(maxBytes - fixed.length - 1)}`;
  }
  return fixed;
}
