import { describe, expect, it } from '@jest/globals';
import { type Claim, ClaimIndex, judge } from './window-index.ts';

const claim = (firstSeq: number, ticks: number, hash: string, epoch = 'e'): Claim => ({ epoch, firstSeq, ticks, hash });

describe('judge', () => {
  it.each<[string, Claim, ReturnType<typeof judge>]>([
    ['another sequence number is fresh', claim(4, 2, 'x'), { kind: 'fresh' }],
    ['another epoch is fresh', claim(1, 3, 'a', 'f'), { kind: 'fresh' }],
    ['the same block is a duplicate', claim(1, 3, 'a'), { kind: 'duplicate' }],
    ['other bytes are a conflict', claim(1, 3, 'b'), { kind: 'conflict', seq: 1 }],
    ['a longer block is a conflict', claim(1, 4, 'a'), { kind: 'conflict', seq: 1 }],
    ['a block that ends in a known one is a conflict', claim(0, 2, 'a'), { kind: 'conflict', seq: 1 }],
    ['a block that begins in a known one is a conflict', claim(3, 2, 'a'), { kind: 'conflict', seq: 3 }],
  ])('%s', (_, given, verdict) => {
    const known = new ClaimIndex();
    known.add(claim(1, 3, 'a'));
    expect(judge(given, known.find)).toEqual(verdict);
  });
});
