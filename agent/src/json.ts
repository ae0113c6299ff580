/** Readers of JSON that others wrote: what is not of the expected kind is absent. */

export type JsonObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** The objects of an array; other elements are passed over. */
export function objectsOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** What the contract takes of a free text. */
const textLength = 4096;

/** A text that is not empty, cut to the length that the contract takes, and well-formed Unicode. */
export function textOf(value: unknown, most = textLength): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, most).toWellFormed() : undefined;
}

export function integerOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}

/** Unix ms of an RFC 3339 time. */
export function timeOf(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : NaN;
  return time >= 0 ? time : undefined;
}

/** The object without its undefined members, typed so that optional members stay exact. */
export function defined<T extends object>(members: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  // Object.fromEntries forgets names and types; what is left is T less the undefined members.
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
