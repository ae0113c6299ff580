import { describe, expect, it } from '@jest/globals';
import { leastShare, nextShare } from './share.ts';

describe('nextShare', () => {
  it.each([
    ['keeps what fits', 1, 950, 1],
    ['keeps less of what is too large', 1, 1001, 0.95],
    ['keeps the edge itself', 0.5, 1000, 0.5],
    ['keeps more again where there is room', 0.5, 899, 0.5 / 0.95],
    ['waits between the two', 0.5, 900, 0.5],
    ['never keeps more than everything', 0.99, 1, 1],
    ['never keeps less than a hundredth', leastShare, 2000, leastShare],
  ])('%s', (_sentence, share, bytes, next) => {
    expect(nextShare(share, bytes, 1000)).toBe(next);
  });
});
