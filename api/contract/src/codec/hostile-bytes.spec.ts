import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { decodeBlock, decodeBlockHeader } from './decode.ts';
import { encodeBlock } from './encode.ts';
import { blocks } from './testing/block-arbitrary.ts';
import { damage, damaged } from './testing/damage.ts';
import { forge, payloadOf } from './testing/forge.ts';
import { nodeZstd } from './testing/node-zstd.ts';
import { refusal, refusalOrNone } from './testing/refusal.ts';
import { sampleBlock } from './testing/sample-block.ts';

const sample = encodeBlock(sampleBlock, nodeZstd);
const samplePayload = payloadOf(sample);

/** What came of it must itself be a block that can be encoded. */
function decodesOrRefuses(bytes: Uint8Array): void {
  refusalOrNone(() => encodeBlock(decodeBlock(bytes, nodeZstd), nodeZstd));
}

describe('a decoder answers a block or a BlockError', () => {
  it('for a block cut at any byte', () => {
    for (let length = 0; length < sample.length; length++) {
      expect(refusal(() => decodeBlock(sample.subarray(0, length), nodeZstd)).code).toBe('malformed');
    }
  });

  it('for a payload cut at any byte', () => {
    for (let length = 0; length < samplePayload.length; length++) {
      const bytes = forge(samplePayload.subarray(0, length));
      expect(refusal(() => decodeBlock(bytes, nodeZstd)).code).toBe('malformed');
    }
  });

  it('for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(refusal(() => decodeBlock(bytes, nodeZstd)).place).toContain('block byte');
        expect(refusal(() => decodeBlockHeader(bytes)).place).toContain('block byte');
      }),
    );
  });

  it('for any bytes after a sound start', () => {
    const start = sample.subarray(0, 4);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (rest) => {
        decodesOrRefuses(Uint8Array.from([...start, ...rest]));
      }),
    );
  });

  it('for a damaged block', () => {
    fc.assert(
      fc.property(blocks, damage, (block, how) => {
        decodesOrRefuses(damaged(encodeBlock(block, nodeZstd), how));
      }),
      { numRuns: 300 },
    );
  });

  it('for any payload', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (payload) => {
        decodesOrRefuses(forge(payload));
      }),
    );
  });

  it('for a damaged payload', () => {
    fc.assert(
      fc.property(blocks, damage, (block, how) => {
        decodesOrRefuses(
          forge(damaged(payloadOf(encodeBlock(block, nodeZstd)), how), { ticks: block.tickTimes.length }),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('for every byte of a payload replaced by every other', () => {
    for (let at = 0; at < samplePayload.length; at++) {
      for (let byte = 0; byte < 256; byte += 5) decodesOrRefuses(forge(samplePayload.with(at, byte)));
    }
  });
});
