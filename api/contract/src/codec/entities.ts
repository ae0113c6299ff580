import type { Entity, EntityKind } from '../block.ts';
import { entityKinds } from '../block.ts';
import { limits } from '../limits.ts';
import { fromHex, toHex } from './hex.ts';
import { formOf, identifierForms, readFixed, readText, writeFixed, writeText } from './identifier.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

const kindBits = 3;
const startedBit = 4;
const descriptionBit = 8;

/**
 * Field by field and not entity by entity: like bytes side by side compress better. `differenceOf` makes of a known
 * start, and the known start before it (0 before the first), what is stored.
 */
export function writeEntities(
  writer: Writer,
  entities: readonly Entity[],
  differenceOf: (startedAtMs: number, before: number) => number,
): void {
  const rows = entities.map((entity) => ({
    ...entity,
    keyForm: formOf(entity.key),
    runtimeForm: formOf(entity.runtimeId),
  }));
  writer.unsigned(rows.length);
  for (const row of rows) writer.byte(kindAndBits(row));
  for (const row of rows) {
    writer.byte(identifierForms.indexOf(row.keyForm) | (identifierForms.indexOf(row.runtimeForm) << 4));
  }
  let before = 0;
  for (const { startedAtMs } of rows) {
    if (startedAtMs === 0) continue;
    writer.signed(differenceOf(startedAtMs, before));
    before = startedAtMs;
  }
  for (const row of rows) writeFixed(writer, row.key, row.keyForm);
  for (const row of rows) writeFixed(writer, row.runtimeId, row.runtimeForm);
  for (const row of rows) writer.raw(fromHex(row.description));
  for (const row of rows) {
    writeText(writer, row.key, row.keyForm);
    writeText(writer, row.runtimeId, row.runtimeForm);
  }
}

function kindAndBits(entity: Entity): number {
  const started = entity.startedAtMs === 0 ? 0 : startedBit;
  const description = entity.description === '' ? 0 : descriptionBit;
  return entityKinds.indexOf(entity.kind) | started | description;
}

/** Undoes writeEntities; `startOf` is the inverse of its differenceOf. */
export function readEntities(reader: Reader, startOf: (difference: number, before: number) => number): Entity[] {
  reader.what = 'number of entities';
  const count = reader.count(limits.entitiesPerBlock);
  reader.what = 'kinds of entities';
  const kinds = reader.raw(count);
  reader.what = 'forms of identifiers';
  const forms = Array.from(reader.raw(count), (byte) => ({
    key: identifierForms[byte & 15] ?? reader.fail(`${byte & 15} is no form of an identifier`),
    runtimeId: identifierForms[byte >>> 4] ?? reader.fail(`${byte >>> 4} is no form of an identifier`),
  }));
  reader.what = 'start times';
  let before = 0;
  const started = Array.from(kinds, (bits) => {
    if ((bits & startedBit) === 0) return 0;
    before = checkedStart(reader, startOf(reader.signed(), before));
    return before;
  });
  reader.what = 'keys';
  const keys = forms.map((form) => readFixed(reader, form.key));
  reader.what = 'runtime ids';
  const runtimeIds = forms.map((form) => readFixed(reader, form.runtimeId));
  reader.what = 'hashes of descriptions';
  const descriptions = Array.from(kinds, (bits) => ((bits & descriptionBit) === 0 ? '' : toHex(reader.raw(16))));
  reader.what = 'names';
  return forms.map((form, i) => ({
    kind: kindOf(reader, kinds[i] ?? 0),
    key: readText(reader, keys[i] ?? '', form.key, limits.keyBytes) || reader.fail('a key is empty'),
    runtimeId: readText(reader, runtimeIds[i] ?? '', form.runtimeId, limits.keyBytes),
    startedAtMs: started[i] ?? 0,
    description: descriptions[i] ?? '',
  }));
}

function kindOf(reader: Reader, bits: number): EntityKind {
  if (bits > 15) reader.fail(`${bits} has bits that mean nothing`);
  return entityKinds[bits & kindBits] ?? reader.fail(`${bits & kindBits} is no kind of entity`);
}

function checkedStart(reader: Reader, startedAtMs: number): number {
  if (startedAtMs < 1 || startedAtMs > Number.MAX_SAFE_INTEGER) reader.fail(`${startedAtMs} is no time in ms`);
  return startedAtMs;
}
