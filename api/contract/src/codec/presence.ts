import { limits } from '../limits.ts';
import { isAbsent } from './absent.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** In which ticks a group or a series has a sample, as a bit a tick; rows that are equal are stored once. */
export class PresenceBuilder {
  readonly #stride: number;
  readonly #rows = new Map<string, number>();

  constructor(ticks: number) {
    this.#stride = Math.ceil(ticks / 8);
  }

  /** The row's number for values that are NaN where absent. */
  row(values: Float64Array): number {
    const bits = new Uint8Array(this.#stride);
    for (let tick = 0; tick < values.length; tick++) {
      if (!isAbsent(values[tick])) bits[tick >>> 3] = (bits[tick >>> 3] ?? 0) | (1 << (tick & 7));
    }
    return this.rowOf(bits);
  }

  /** The number of a row that is given as its bits, in bytes. */
  rowOf(bits: Uint8Array): number {
    const key = String.fromCharCode(...bits);
    const known = this.#rows.get(key) ?? this.#rows.size;
    this.#rows.set(key, known);
    return known;
  }

  write(writer: Writer): void {
    writer.unsigned(this.#rows.size);
    for (const key of this.#rows.keys()) {
      for (let i = 0; i < key.length; i++) writer.byte(key.charCodeAt(i));
    }
  }
}

/** The rows, read. */
export class Presence {
  readonly rows: number;
  readonly ticks: number;
  readonly #stride: number;
  readonly #bits: Uint8Array;
  readonly #counts: Uint32Array;

  constructor(reader: Reader, ticks: number) {
    this.ticks = ticks;
    this.#stride = Math.ceil(ticks / 8);
    reader.what = 'presence table';
    this.rows = reader.count(limits.entitiesPerBlock + limits.groupsPerBlock + limits.seriesPerBlock);
    this.#bits = reader.raw(this.rows * this.#stride);
    const spare = this.#stride * 8 - ticks;
    for (let row = 0; row < this.rows; row++) {
      if (this.#byte(row, this.#stride - 1) >>> (8 - spare) > 0)
        reader.fail(`row ${row} has a bit after its last tick`);
    }
    this.#counts = new Uint32Array(this.rows);
    for (let row = 0; row < this.rows; row++) this.#counts[row] = this.#counted(row);
  }

  /** The row's bits, a copy. */
  bits(row: number): Uint8Array {
    return new Uint8Array(this.#bits.subarray(row * this.#stride, (row + 1) * this.#stride));
  }

  has(row: number, tick: number): boolean {
    return ((this.#byte(row, tick >>> 3) >>> (tick & 7)) & 1) === 1;
  }

  /** In how many ticks there is a sample. */
  count(row: number): number {
    return this.#counts[row] ?? 0;
  }

  isWithin(row: number, other: number): boolean {
    for (let i = 0; i < this.#stride; i++) if ((this.#byte(row, i) & ~this.#byte(other, i)) !== 0) return false;
    return true;
  }

  #counted(row: number): number {
    let count = 0;
    for (let i = 0; i < this.#stride; i++) {
      for (let bits = this.#byte(row, i); bits > 0; bits &= bits - 1) count++;
    }
    return count;
  }

  #byte(row: number, i: number): number {
    return this.#bits[row * this.#stride + i] ?? 0;
  }
}
