import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Block } from '../block.ts';
import { limits } from '../limits.ts';
import { decodeBlock, decodeBlockHeader } from './decode.ts';
import { encodeBlock } from './encode.ts';
import { blocks, normal } from './testing/block-arbitrary.ts';
import { payloadOf } from './testing/forge.ts';
import { nodeZstd } from './testing/node-zstd.ts';
import { expectRefusal } from './testing/refusal.ts';
import { sampleBlock } from './testing/sample-block.ts';

const max = Number.MAX_SAFE_INTEGER;

/** That many series of 600 values that take 8 bytes each before compression. */
function bulky(series: number): Block {
  const values = Float64Array.from({ length: 600 }, (_, i) => (i % 2 === 0 ? 1 : -1) * (2 ** 52 + i * i));
  const columns = Array.from({ length: series }, (_, i) => ({ metric: i + 1, values }));
  const tickTimes = Array.from({ length: 600 }, (_, i) => i);
  return { ...sampleBlock, tickTimes, groups: [{ entity: 0, kind: 'resource', ages: values, columns }] };
}

describe('a block', () => {
  it('comes back bit for bit, with its absent values', () => {
    fc.assert(
      fc.property(blocks, (block) => {
        expect(decodeBlock(encodeBlock(block, nodeZstd), nodeZstd)).toStrictEqual(normal(block));
      }),
      { numRuns: 500 },
    );
  });

  it('has the same bytes each time, also when it is what came back', () => {
    fc.assert(
      fc.property(blocks, (block) => {
        const bytes = encodeBlock(block, nodeZstd);
        expect(encodeBlock(block, nodeZstd)).toStrictEqual(bytes);
        expect(encodeBlock(decodeBlock(bytes, nodeZstd), nodeZstd)).toStrictEqual(bytes);
      }),
    );
  });

  it('comes back without the columns that were not asked for', () => {
    fc.assert(
      fc.property(blocks, fc.array(fc.integer({ min: 1, max: 60 })), (block, wanted) => {
        const only = new Set(wanted);
        const expected = normal(block);
        const groups = expected.groups.map((group) => {
          return { ...group, columns: group.columns.filter(({ metric }) => only.has(metric)) };
        });
        expect(decodeBlock(encodeBlock(block, nodeZstd), nodeZstd, only)).toStrictEqual({ ...expected, groups });
      }),
    );
  });

  it('does not decode columns that were not asked for', () => {
    const bytes = encodeBlock(sampleBlock, nodeZstd);
    const broken = {
      ...nodeZstd,
      decompress: (frame: Uint8Array, maxBytes: number): Uint8Array => {
        const raw = nodeZstd.decompress(frame, maxBytes);
        // The last byte belongs to the last metric's value: now that value does not end.
        raw[raw.length - 1] = 0xff;
        return raw;
      },
    };
    expect(decodeBlock(bytes, broken, new Set([1])).groups[0]?.columns).toHaveLength(1);
    expect(() => decodeBlock(bytes, broken, new Set([20]))).toThrow('rssBytes');
    expect(() => decodeBlock(bytes, broken)).toThrow('the bytes end here');
  });

  it('tells its ticks without decompression', () => {
    const bytes = encodeBlock(sampleBlock, nodeZstd);
    expect(decodeBlockHeader(bytes)).toStrictEqual({
      epoch: sampleBlock.epoch,
      firstSeq: 7,
      intervalMs: 10_000,
      tickTimes: [1_790_000_000_000, 1_790_000_010_003],
      byteLength: bytes.length,
      version: 2,
    });
  });

  it('keeps the last times and sequence numbers that there are', () => {
    const late = { ...sampleBlock, firstSeq: max - 1, tickTimes: [max - 6, max - 1] };
    expect(decodeBlock(encodeBlock(late, nodeZstd), nodeZstd)).toStrictEqual(late);
  });

  it('of no entity is a block', () => {
    const empty = { ...sampleBlock, entities: [], groups: [] };
    expect(decodeBlock(encodeBlock(empty, nodeZstd), nodeZstd)).toStrictEqual(empty);
  });

  it('is too large above 16 MiB before compression', () => {
    expect(decodeBlock(encodeBlock(bulky(3480), nodeZstd), nodeZstd).groups[0]?.columns).toHaveLength(3480);
    expectRefusal(() => encodeBlock(bulky(3500), nodeZstd), 'too_large', 'bytes before compression');
  });

  it('is too large with one byte above 1 MiB as encoded', () => {
    const sample = encodeBlock(sampleBlock, nodeZstd);
    const overhead = sample.length - nodeZstd.compress(payloadOf(sample)).length;
    // The length of a frame of that length is two bytes longer itself.
    const frameBytes = limits.blockBytes - overhead - 2;
    const encoded = (bytes: number) => () =>
      encodeBlock(sampleBlock, { ...nodeZstd, compress: () => new Uint8Array(bytes) });
    expect(encoded(frameBytes)()).toHaveLength(limits.blockBytes);
    expectRefusal(encoded(frameBytes + 1), 'too_large', '1048577 bytes encoded');
  });
});
