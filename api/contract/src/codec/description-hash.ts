import type { Description } from '../description.ts';
import type { Sha256 } from './ports.ts';

/**
 * One text for equal values: JSON without spaces, members in the order of their names' UTF-16 code units, absent
 * (undefined) members left out; numbers and strings as ECMAScript writes them. It is RFC 8785 for what JSON can hold.
 *
 * @throws TypeError for what JSON cannot hold, a number that is not finite among it.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) {
    return JSON.stringify(value);
  }
  throw new TypeError(`JSON cannot hold ${typeof value === 'number' ? value : `a ${typeof value}`}`);
}

/** What a description is known by: the first 32 hex digits of the SHA-256 of its canonical JSON. */
export function descriptionHash(description: Description, sha256: Sha256): string {
  return hashOfCanonicalJson(canonicalJson(description), sha256);
}

/** The same, of the text. */
export function hashOfCanonicalJson(text: string, sha256: Sha256): string {
  return sha256(text).slice(0, 32);
}
