import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Block } from '../../block.ts';
import { decodeBlock, decodeBlockHeader } from '../decode.ts';
import { encodeBlock } from '../encode.ts';
import { blocks, normal } from '../testing/block-arbitrary.ts';
import { damage, damaged } from '../testing/damage.ts';
import { forgeV1, payloadOf } from '../testing/forge.ts';
import { nodeZstd } from '../testing/node-zstd.ts';
import { refusal, refusalOrNone } from '../testing/refusal.ts';
import { sampleBlock } from '../testing/sample-block.ts';
import { encodeBlockV1 } from '../testing/v1/encode.ts';

/** Version 1 knows neither listings nor intervals of groups, and keeps groups without samples. */
function plain(block: Block): Block {
  return {
    ...block,
    entities: block.entities.map(({ kind, key, runtimeId, startedAtMs, description }) => {
      return { kind, key, runtimeId, startedAtMs, description };
    }),
    groups: block.groups.map(({ entity, kind, ages, columns }) => ({ entity, kind, ages, columns })),
  };
}

describe('a block of version 1', () => {
  it('is still read, bit for bit', () => {
    fc.assert(
      fc.property(blocks.map(plain), (block) => {
        const decoded = decodeBlock(encodeBlockV1(block, nodeZstd), nodeZstd);
        expect(normal(decoded)).toStrictEqual(normal(block));
        expect(decoded.groups).toHaveLength(block.groups.length);
      }),
      { numRuns: 300 },
    );
  });

  it('is the same after it was written in version 2', () => {
    fc.assert(
      fc.property(blocks.map(plain), (block) => {
        const decoded = decodeBlock(encodeBlockV1(block, nodeZstd), nodeZstd);
        expect(decodeBlock(encodeBlock(decoded, nodeZstd), nodeZstd)).toStrictEqual(normal(block));
      }),
    );
  });

  it('tells its version', () => {
    expect(decodeBlockHeader(encodeBlockV1(sampleBlock, nodeZstd))).toMatchObject({ version: 1, firstSeq: 7 });
  });

  it('cut at any byte is refused', () => {
    const sample = encodeBlockV1(sampleBlock, nodeZstd);
    for (let length = 0; length < sample.length; length++) {
      expect(refusal(() => decodeBlock(sample.subarray(0, length), nodeZstd)).code).toBe('malformed');
    }
  });

  it('with a damaged payload is refused or read', () => {
    fc.assert(
      fc.property(blocks.map(plain), damage, (block, how) => {
        const payload = damaged(payloadOf(encodeBlockV1(block, nodeZstd)), how);
        refusalOrNone(() => {
          const bytes = forgeV1(payload, { ticks: block.tickTimes.length });
          return encodeBlock(decodeBlock(bytes, nodeZstd), nodeZstd);
        });
      }),
      { numRuns: 1000 },
    );
  });
});
