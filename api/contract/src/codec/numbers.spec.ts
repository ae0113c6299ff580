import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Reader } from './reader.ts';
import { Writer } from './writer.ts';

const max = Number.MAX_SAFE_INTEGER;

function bytesOf(write: (writer: Writer) => void): number[] {
  const writer = new Writer();
  write(writer);
  return [...writer.view()];
}

/** The same by arithmetic of any width. */
function leb128(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    if (rest < 128n) return [...bytes, Number(rest)];
    bytes.push(Number(rest & 127n) | 128);
  }
}

function zigzag(value: number): bigint {
  const wide = BigInt(value);
  return wide < 0n ? -2n * wide - 1n : 2n * wide;
}

describe('a number', () => {
  const edges = fc.constantFrom(0, 1, 127, 128, 16_383, 16_384, 2 ** 31, 2 ** 32, max - 1, max);
  const whole = fc.oneof(edges, fc.nat(), fc.maxSafeNat());

  it('without a sign is LEB128, up to 2^53 - 1, and comes back', () => {
    fc.assert(
      fc.property(whole, (value) => {
        const bytes = bytesOf((writer) => {
          writer.unsigned(value);
        });
        expect(bytes).toEqual(leb128(BigInt(value)));
        expect(new Reader(Uint8Array.from(bytes), 'bytes').unsigned()).toBe(value);
      }),
      { numRuns: 1000 },
    );
  });

  it('with a sign is LEB128 of its zigzag, within +-(2^53 - 1), and comes back', () => {
    fc.assert(
      fc.property(whole, fc.boolean(), (magnitude, negative) => {
        const value = negative && magnitude > 0 ? -magnitude : magnitude;
        const bytes = bytesOf((writer) => {
          writer.signed(value);
        });
        expect(bytes).toEqual(leb128(zigzag(value)));
        expect(new Reader(Uint8Array.from(bytes), 'bytes').signed()).toBe(value);
      }),
      { numRuns: 1000 },
    );
  });
});
