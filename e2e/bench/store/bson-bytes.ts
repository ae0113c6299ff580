/** A document's length as BSON, in bytes, of the types that parts have. https://bsonspec.org/spec.html */
export function bsonBytes(document: object): number {
  const members = Object.entries(document) as readonly (readonly [string, unknown])[];
  return members.reduce((sum, [name, value]) => sum + 1 + Buffer.byteLength(name) + 1 + valueBytes(value), 4 + 1);
}

function valueBytes(value: unknown): number {
  if (typeof value === 'string') return 4 + Buffer.byteLength(value) + 1;
  if (typeof value === 'boolean') return 1;
  // An int32 where it fits, else a double.
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? 4 : 8;
  if (value instanceof Uint8Array) return 4 + 1 + value.length;
  if (value === null || value === undefined) return 0;
  if (typeof value === 'object') return bsonBytes(value);
  throw new Error(`a part has no ${typeof value}`);
}
