import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SeqRanges } from './seq-ranges.ts';

const ranges = fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 9 })), { maxLength: 30 });

describe('SeqRanges', () => {
  it('holds each number once, however it was added, in as few ranges as there are', () => {
    fc.assert(
      fc.property(ranges, (added) => {
        const counted = new SeqRanges();
        const numbers = new Set<number>();
        for (const [first, more] of added) {
          counted.add(first, first + more);
          for (let seq = first; seq <= first + more; seq += 1) numbers.add(seq);
        }
        const starts = [...numbers].filter((seq) => !numbers.has(seq - 1)).sort((a, b) => a - b);
        expect(counted.size).toBe(numbers.size);
        expect(counted.flat.filter((_, index) => index % 2 === 0)).toEqual(starts);
      }),
    );
  });

  it('comes back from what is written down', () => {
    fc.assert(
      fc.property(ranges, (added) => {
        const [one, other] = [new SeqRanges(), new SeqRanges()];
        for (const [first, more] of added) one.add(first, first + more);
        other.addAll(one.flat);
        expect(other.flat).toEqual(one.flat);
      }),
    );
  });
});
