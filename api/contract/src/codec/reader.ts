import type { BlockErrorCode } from './block-error.ts';
import { BlockError } from './block-error.ts';
import { decodeUtf8 } from './utf8.ts';

const max = Number.MAX_SAFE_INTEGER;

/** Reads a run of bytes from its start; whatever is not there or not allowed throws BlockError with the place. */
export class Reader {
  readonly #bytes: Uint8Array;
  readonly #where: string;
  readonly #base: number;
  readonly #part: string;
  #at = 0;
  /** What is being read, for the place of an error. */
  what = '';

  /** `where` names a run of bytes; `bytes` is all of it, or the part of that name that starts at byte `base`. */
  constructor(bytes: Uint8Array, where: string, base = 0, part = '') {
    this.#bytes = bytes;
    this.#where = where;
    this.#base = base;
    this.#part = part;
  }

  get offset(): number {
    return this.#at;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  fail(message: string, code: BlockErrorCode = 'malformed'): never {
    throw new BlockError(code, `${this.#where} byte ${this.#base + this.#at} (${this.#part}${this.what})`, message);
  }

  byte(): number {
    return this.#bytes[this.#at++] ?? this.#ended();
  }

  /** A view of the next bytes. */
  raw(length: number): Uint8Array {
    if (length > this.left) this.fail(`${length} bytes are announced and ${this.left} are left`);
    return this.#bytes.subarray(this.#at, (this.#at += length));
  }

  /** A reader of the next bytes alone, with a name for them. */
  part(length: number, name: string): Reader {
    const base = this.#base + this.#at;
    return new Reader(this.raw(length), this.#where, base, `${name}: `);
  }

  end(): void {
    if (this.left > 0) this.fail(`${this.left} bytes follow the end`);
  }

  /** A whole number from 0 to 2^53 - 1, in its one shortest form. */
  unsigned(): number {
    const first = this.byte();
    return first < 0x80 ? first : this.#more(first & 0x7f, 128);
  }

  /** A whole number of |v| <= 2^53 - 1. */
  signed(): number {
    const first = this.byte();
    const low = (first & 0x7f) >>> 1;
    const magnitude = first < 0x80 ? low : this.#more(low, 64);
    if ((first & 1) === 0) return magnitude;
    if (magnitude === max) this.fail('a number is below -(2^53 - 1)');
    return -magnitude - 1;
  }

  /** An unsigned number that bounds what is read or allocated next. */
  count(limit: number): number {
    const value = this.unsigned();
    if (value > limit) this.fail(`${value} is more than the limit of ${limit}`, 'too_large');
    return value;
  }

  /** An index into a table of that many entries. */
  index(entries: number): number {
    const value = this.unsigned();
    if (value >= entries) this.fail(`${value} is no index of a table of ${entries}`);
    return value;
  }

  /** Length in bytes, then UTF-8. */
  text(maxBytes: number): string {
    return decodeUtf8(this.raw(this.count(maxBytes))) ?? this.fail('the text is not UTF-8');
  }

  /** The bytes of a number after its first, which gave `low`; each is worth `scale` more than the one before. */
  #more(low: number, scale: number): number {
    let value = low;
    for (let factor = scale; ; factor *= 128) {
      const next = this.byte();
      value += (next & 0x7f) * factor;
      if (value > max || factor > 2 ** 53) this.fail('a number is above 2^53 - 1');
      if (next >= 0x80) continue;
      if (next === 0) this.fail('a number is longer than it need be');
      return value;
    }
  }

  #ended(): never {
    this.#at--;
    return this.fail('the bytes end here');
  }
}
