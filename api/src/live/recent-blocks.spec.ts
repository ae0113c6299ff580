import { describe, expect, it } from '@jest/globals';
import { blockOf, epochB } from '../testing/blocks.ts';
import { inRange, mergeBlocks, mostTicks, newest } from './recent-blocks.ts';

const block = (seq: number, ...tickTimes: number[]) => blockOf({ seq, tickTimes });
const seqs = (blocks: readonly { readonly firstSeq: number }[]) => blocks.map(({ firstSeq }) => firstSeq);

describe('mergeBlocks', () => {
  it('puts blocks in order and takes each once', () => {
    const backlog = [block(1, 10), block(2, 20)];
    expect(seqs(mergeBlocks([block(3, 30), block(2, 20)], backlog))).toEqual([1, 2, 3]);
  });

  it('keeps equal sequence numbers of two epochs', () => {
    expect(mergeBlocks([block(1, 10)], [blockOf({ epoch: epochB, seq: 1, tickTimes: [10] })])).toHaveLength(2);
  });
});

describe('newest', () => {
  it('keeps what reaches beyond a time', () => {
    expect(seqs(newest([block(1, 10), block(2, 20, 30), block(4, 40)], 30))).toEqual([2, 4]);
  });

  it('keeps no more ticks than memory has room for', () => {
    const second = (from: number) => Array.from({ length: 600 }, (_, i) => from + i);
    const full = [block(1, ...second(0)), block(601, ...second(600))];
    expect(mostTicks).toBe(1200);
    expect(seqs(newest(full, 0))).toEqual([1, 601]);
    expect(seqs(newest([...full, block(1201, 1200)], 0))).toEqual([601, 1201]);
  });
});

describe('inRange', () => {
  it('takes blocks that touch the range', () => {
    const blocks = [block(1, 10, 20), block(3, 30), block(4, 40)];
    expect(seqs(inRange(blocks, 20, 30))).toEqual([1, 3]);
    expect(seqs(inRange(blocks, 21, 29))).toEqual([]);
  });
});
