import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { decodeBlock, decodeBlockHeader } from './decode.ts';
import { encodeBlock } from './encode.ts';
import { blocks, normal } from './testing/block-arbitrary.ts';
import { nodeZstd } from './testing/node-zstd.ts';
import { sampleBlock } from './testing/sample-block.ts';

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
    });
  });

  it('keeps the last times and sequence numbers that there are', () => {
    const max = Number.MAX_SAFE_INTEGER;
    const late = { ...sampleBlock, firstSeq: max - 1, tickTimes: [max - 6, max - 1] };
    expect(decodeBlock(encodeBlock(late, nodeZstd), nodeZstd)).toStrictEqual(late);
  });

  it('of no entity is a block', () => {
    const empty = { ...sampleBlock, entities: [], groups: [] };
    expect(decodeBlock(encodeBlock(empty, nodeZstd), nodeZstd)).toStrictEqual(empty);
  });
});
