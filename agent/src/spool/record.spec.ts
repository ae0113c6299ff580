import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeRecord, headerBytes, scanSegment } from './record.ts';

const epoch = '0123456789abcdef0123456789abcdef';
const block = (seq: number, payload: Uint8Array) =>
  encodeRecord({ kind: 'block', id: epoch, seq, tickMs: 1_795_491_265_000 + seq, payload });

describe('a segment', () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 100 }), { maxLength: 10 }), (payloads) => {
        const segment = Buffer.concat(payloads.map((payload, index) => block(index + 1, payload)));
        const { records, broken, tornTail } = scanSegment(segment);
        expect(records.map(({ payload }) => [...payload])).toEqual(payloads.map((payload) => [...payload]));
        expect(records.map(({ header }) => [header.id, header.seq])).toEqual(payloads.map((_p, i) => [epoch, i + 1]));
        expect([broken, tornTail]).toEqual([[], false]);
      }),
    );
  });

  it('is read without harm whatever its bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (noise, at) => {
        const segment = Buffer.concat([block(1, Buffer.from('one')), block(2, Buffer.from('two'))]);
        const mixed = Buffer.concat([segment.subarray(0, at), noise, segment.subarray(at)]);
        for (const { header } of scanSegment(mixed).records) expect(header.id).toBe(epoch);
      }),
    );
  });

  it('goes on at the next whole record behind a broken header', () => {
    const segment = Buffer.concat([1, 2, 3].map((seq) => block(seq, Buffer.from('payload'))));
    segment[headerBytes + 7 + 12] = 0xff; // in the second record's sequence number
    const { records } = scanSegment(segment);
    expect(records.map(({ header, afterDamage }) => [header.seq, afterDamage])).toEqual([
      [1, false],
      [3, true],
    ]);
  });
});
