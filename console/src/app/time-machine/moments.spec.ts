import { describe, expect, it } from '@jest/globals';
import type { RestartsAnswer } from '@docksnap/contract';
import { noonMs } from '../../testing/answers.ts';
import { momentsOf, near, neighbours } from './moments.ts';

const container = { id: 'a~b~c', node: 'n', namespace: 'shop', pod: 'api-1', name: 'api', restarts: 2, oomKills: 1 };
const answer: RestartsAnswer = {
  fromMs: 0,
  toMs: noonMs,
  restarts: 2,
  oomKills: 1,
  partial: null,
  items: [
    {
      ...container,
      ends: [
        { reason: 'Error', exitCode: 1, finishedAtMs: noonMs - 1000 },
        { reason: 'OOMKilled', exitCode: 137, finishedAtMs: noonMs - 5000 },
        { reason: 'Error', exitCode: 2 },
      ],
    },
  ],
};

describe('moments', () => {
  const moments = momentsOf(answer);

  it('are the ends of containers whose time is known, oldest first', () => {
    expect(moments).toEqual([
      { kind: 'oom', atMs: noonMs - 5000, containerId: 'a~b~c', subject: 'shop/api', words: 'OOM-killed' },
      {
        kind: 'exit',
        atMs: noonMs - 1000,
        containerId: 'a~b~c',
        subject: 'shop/api',
        words: 'ended: Error, exit code 1',
      },
    ]);
  });

  it.each([
    ['between two', noonMs - 2000, [-5000, -1000]],
    ['on one', noonMs - 1000, [-5000, undefined]],
    ['before all', noonMs - 9000, [undefined, -5000]],
  ])('have neighbours %s', (_sentence, atMs, expected) => {
    const { before, after } = neighbours(moments, atMs);
    expect([before, after].map((one) => (one === undefined ? undefined : one.atMs - noonMs))).toEqual(expected);
  });

  it('are near within a time, the nearest first', () => {
    expect(near(moments, noonMs, 1000).map(({ kind }) => kind)).toEqual(['exit']);
    expect(near(moments, noonMs - 4000, 5000).map(({ kind }) => kind)).toEqual(['oom', 'exit']);
  });
});
