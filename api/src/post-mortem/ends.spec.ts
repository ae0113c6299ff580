import { describe, expect, it } from '@jest/globals';
import { chosenEnd, datedEnds } from './ends.ts';

const end = (finishedAtMs?: number) => ({
  reason: 'Error',
  exitCode: 1,
  ...(finishedAtMs === undefined ? {} : { finishedAtMs }),
});

describe('ends', () => {
  const ends = datedEnds([end(300), null, end(100), end(), end(300)]);

  it('are those whose time is known, oldest first, each once', () => {
    expect(ends.map(({ finishedAtMs }) => finishedAtMs)).toEqual([100, 300]);
  });

  it.each([
    ['the newest', undefined, 300],
    ['the nearest', 150, 100],
    ['the nearest of two as near: the older', 200, 100],
    ['the last of all', 9999, 300],
  ])('are chosen: %s', (_sentence, atMs, expected) => {
    expect(chosenEnd(ends, atMs)?.finishedAtMs).toBe(expected);
  });

  it('are none without', () => {
    expect(chosenEnd([], 5)).toBeUndefined();
  });
});
