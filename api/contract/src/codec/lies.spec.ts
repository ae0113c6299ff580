import { describe, expect, it } from '@jest/globals';
import { limits } from '../limits.ts';
import { decodeBlock, decodeBlockHeader } from './decode.ts';
import { encodeBlock } from './encode.ts';
import { expectRefusal } from './testing/refusal.ts';
import { forge, payloadOf, written } from './testing/forge.ts';
import { nodeZstd } from './testing/node-zstd.ts';
import { sampleBlock } from './testing/sample-block.ts';

const max = Number.MAX_SAFE_INTEGER;

describe('a header is refused', () => {
  const numbers = (...values: number[]): Uint8Array =>
    written(Uint8Array.of(0x44, 0x53, 0x42, 2), new Uint8Array(16), ...values);

  it.each<[string, Uint8Array, string, 'malformed' | 'unsupported_version' | 'too_large']>([
    ['of no byte', new Uint8Array(), 'block byte 0 (magic): the bytes end here', 'malformed'],
    ['of another file', Uint8Array.of(0x44, 0x53, 0x43, 1), '(magic): this is no block', 'malformed'],
    ['of version 3', Uint8Array.of(0x44, 0x53, 0x42, 3), '(version): version 3 is not known', 'unsupported_version'],
    ['of version 0', Uint8Array.of(0x44, 0x53, 0x42, 0), '(version): version 0 is not known', 'unsupported_version'],
    ['of sequence number 0', numbers(0), '(first sequence number): sequence numbers start at 1', 'malformed'],
    ['of an interval of 99 ms', numbers(1, 99), '(interval): 99 ms is not from', 'malformed'],
    ['of an interval above an hour', numbers(1, 3_600_001), '(interval): 3600001 ms is not', 'malformed'],
    ['of no tick', numbers(1, 100, 0), '(number of ticks): a block has at least one', 'malformed'],
    ['of 601 ticks', numbers(1, 100, 601), '(number of ticks): 601 is more than the limit of 600', 'too_large'],
    ['of ticks beyond 2^53 - 1', numbers(max, 100, 2), 'the last sequence number is above', 'malformed'],
    // Zigzag 199 is -100: the interval of 100 less 100.
    ['of two ticks at one time', numbers(1, 100, 2, 5, 199), 'tick 1 is not after the one before', 'malformed'],
    ['of a tick beyond 2^53 - 1', numbers(1, 100, 2, max, 0), 'the time of tick 1 is above', 'malformed'],
    ['with unknown flags', numbers(1, 100, 1, 5, 2), '(flags): 2 has bits that mean nothing', 'malformed'],
    ['that ends in its roster', numbers(1, 100, 1, 5, 1), '(roster): 16 bytes are announced and 0', 'malformed'],
  ])('%s', (_, bytes, words, code) => {
    expectRefusal(() => decodeBlock(bytes, nodeZstd), code, words);
    expectRefusal(() => decodeBlockHeader(bytes), code, words);
  });

  it('of a block one byte longer than the limit, and not of one at the limit', () => {
    const long = new Uint8Array(limits.blockBytes + 1);
    long.set(encodeBlock(sampleBlock, nodeZstd));
    expect(decodeBlockHeader(long.subarray(0, -1)).byteLength).toBe(limits.blockBytes);
    expectRefusal(() => decodeBlockHeader(long), 'too_large', '1048577 bytes are more than the limit');
    expectRefusal(() => decodeBlock(long, nodeZstd), 'too_large', '1048577 bytes are more than the limit');
  });
});

describe('a payload is refused unseen', () => {
  const block = encodeBlock(sampleBlock, nodeZstd);
  const payload = payloadOf(block);

  it.each<[string, Uint8Array, string, 'malformed' | 'too_large']>([
    ['of no byte', forge(payload, { rawLength: 0 }), '(length of the payload): it is empty', 'malformed'],
    [
      'of 16 MiB and a byte',
      forge(payload, { rawLength: limits.blockRawBytes + 1 }),
      '16777217 is more than the limit',
      'too_large',
    ],
    [
      'of fewer bytes than announced',
      forge(payload, { rawLength: limits.blockRawBytes }),
      '16777216 bytes were announced and',
      'malformed',
    ],
    [
      'of more bytes than announced',
      forge(payload, { rawLength: payload.length - 1 }),
      'does not decompress',
      'malformed',
    ],
    ['that is no zstd frame', forge(payload, { frame: Uint8Array.of(1, 2, 3, 4) }), 'does not decompress', 'malformed'],
    [
      'that would grow to 256 MiB',
      forge(new Uint8Array(2 ** 28), { rawLength: 1000 }),
      'does not decompress',
      'malformed',
    ],
    ['with a byte after it', Uint8Array.of(...block, 0), '1 bytes follow the end', 'malformed'],
  ])('%s', (_, bytes, words, code) => {
    expectRefusal(() => decodeBlock(bytes, nodeZstd), code, words);
  });
});
