import { describe, expect, it } from '@jest/globals';
import type { Block } from '@docksnap/contract';
import { epochsOf } from './tick-ledger.ts';

function block(epoch: string, firstSeq: number, tickTimes: number[]): Block {
  return { epoch, firstSeq, intervalMs: 10_000, tickTimes, entities: [], groups: [] };
}

describe('epochsOf', () => {
  it('counts nothing where nothing is stored', () => {
    expect(epochsOf([])).toEqual([]);
  });

  it('counts each epoch apart and names what lacks between its first and last tick', () => {
    expect(epochsOf([block('a', 1, [10, 20]), block('a', 5, [50]), block('b', 1, [60])])).toEqual([
      { epoch: 'a', firstSeq: 1, lastSeq: 5, stored: 3, missing: [3, 4], firstTickMs: 10, lastTickMs: 50 },
      { epoch: 'b', firstSeq: 1, lastSeq: 1, stored: 1, missing: [], firstTickMs: 60, lastTickMs: 60 },
    ]);
  });

  it('counts a tick once that comes twice', () => {
    expect(epochsOf([block('a', 1, [10, 20]), block('a', 2, [20])])[0]?.stored).toBe(2);
  });
});
