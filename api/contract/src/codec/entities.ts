import type { Entity } from '../block.ts';
import { entityKinds } from '../block.ts';
import { limits } from '../limits.ts';
import { BlockError } from './block-error.ts';
import { fromHex, toHex } from './hex.ts';
import { formOf, identifierForms, readFixed, readText, writeFixed, writeText } from './identifier.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

const kindBits = 3;
const startedBit = 4;
const descriptionBit = 8;

/** Field by field and not entity by entity: like bytes side by side compress better. */
export function writeEntities(writer: Writer, entities: readonly Entity[], firstTickMs: number): void {
  writer.unsigned(entities.length);
  const forms = entities.map((entity) => ({ key: formOf(entity.key), runtimeId: formOf(entity.runtimeId) }));
  for (const entity of entities) {
    const started = entity.startedAtMs === 0 ? 0 : startedBit;
    writer.byte(entityKinds.indexOf(entity.kind) | started | (entity.description === '' ? 0 : descriptionBit));
  }
  for (const form of forms) {
    writer.byte(identifierForms.indexOf(form.key) | (identifierForms.indexOf(form.runtimeId) << 4));
  }
  for (const entity of entities) if (entity.startedAtMs !== 0) writer.signed(firstTickMs - entity.startedAtMs);
  for (const [i, entity] of entities.entries()) writeFixed(writer, entity.key, forms[i]?.key ?? 'text');
  for (const [i, entity] of entities.entries()) writeFixed(writer, entity.runtimeId, forms[i]?.runtimeId ?? 'text');
  for (const entity of entities) writer.raw(fromHex(entity.description));
  for (const [i, entity] of entities.entries()) {
    const form = forms[i];
    if (form === undefined) continue;
    if (!writeText(writer, entity.key, form.key) || !writeText(writer, entity.runtimeId, form.runtimeId)) {
      throw new BlockError('malformed', `entities[${i}]`, 'its key or runtime id is not well-formed Unicode');
    }
  }
}

export function readEntities(reader: Reader, firstTickMs: number): Entity[] {
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
  const started = Array.from(kinds, (bits) => ((bits & startedBit) === 0 ? 0 : readStart(reader, firstTickMs)));
  reader.what = 'keys';
  const keys = forms.map((form) => readFixed(reader, form.key));
  reader.what = 'runtime ids';
  const runtimeIds = forms.map((form) => readFixed(reader, form.runtimeId));
  reader.what = 'hashes of descriptions';
  const descriptions = Array.from(kinds, (bits) => ((bits & descriptionBit) === 0 ? '' : toHex(reader.raw(16))));
  reader.what = 'names';
  return forms.map((form, i) => {
    const bits = kinds[i] ?? 0;
    if (bits > 15) reader.fail(`${bits} has bits that mean nothing`);
    return {
      kind: entityKinds[bits & kindBits] ?? reader.fail(`${bits & kindBits} is no kind of entity`),
      key: readText(reader, keys[i] ?? '', form.key, limits.keyBytes),
      runtimeId: readText(reader, runtimeIds[i] ?? '', form.runtimeId, limits.keyBytes),
      startedAtMs: started[i] ?? 0,
      description: descriptions[i] ?? '',
    };
  });
}

function readStart(reader: Reader, firstTickMs: number): number {
  const startedAtMs = firstTickMs - reader.signed();
  if (startedAtMs < 1 || startedAtMs > Number.MAX_SAFE_INTEGER) reader.fail(`${startedAtMs} is no time in ms`);
  return startedAtMs;
}
