import { describe, expect, it } from '@jest/globals';
import { limits } from '@docksnap/contract/limits';
import { Backlog } from '../spool/backlog.ts';
import { batchBytes, chooseBatch } from './batch.ts';

function backlogOf(sizes: readonly number[]): Backlog {
  const backlog = new Backlog();
  for (const [index, byteLength] of sizes.entries()) {
    const place = { kind: 'disk', segment: 1, offset: index } as const;
    backlog.add({ epoch: 'e', seq: index + 1, ticks: 1, tickMs: 0, byteLength, place, inFlight: false });
  }
  return backlog;
}

const chosen = (backlog: Backlog, tried = backlog.newest, most: number = limits.blocksPerPush): number[] =>
  chooseBatch(backlog, tried, most).map(({ seq }) => seq);

describe('what is pushed next', () => {
  it('is nothing when there is nothing', () => {
    expect(chooseBatch(backlogOf([]), undefined, 512)).toEqual([]);
  });

  it('is the newest tick alone, until it was tried', () => {
    const backlog = backlogOf([1, 1, 1]);
    expect(chooseBatch(backlog, undefined, 512).map(({ seq }) => seq)).toEqual([3]);
    expect(chosen(backlog)).toEqual([1, 2, 3]);
  });

  it('is the oldest ticks, 512 at most', () => {
    expect(chosen(backlogOf(Array.from({ length: 512 }, () => 1)))).toHaveLength(512);
    expect(chosen(backlogOf(Array.from({ length: 513 }, () => 1)))).toHaveLength(512);
  });

  it.each([
    ['fills a batch to the byte', [batchBytes - 1, 1, 1], [1, 2]],
    ['takes no byte more', [batchBytes, 1], [1]],
    ['takes a tick that is larger than a batch alone', [batchBytes + 1, 1], [1]],
  ])('%s', (_what, sizes, expected) => {
    expect(chosen(backlogOf(sizes))).toEqual(expected);
  });

  it('is fewer ticks when fewer were asked for', () => {
    const backlog = backlogOf([1, 1, 1, 1]);
    expect(chosen(backlog, backlog.newest, 2)).toEqual([1, 2]);
  });
});
