import { describe, expect, it } from '@jest/globals';
import { blocksOf } from '../series/testing/blocks.ts';
import type { Steps } from '../series/steps.ts';
import { rollUp } from './roll-up.ts';
import { noNarrower, spliced } from './splice.ts';

const cpu = 1;
const steps: Steps = { fromMs: 0, stepMs: 300_000, count: 2 };

/** One core in use, at a tick each ten seconds, none of them at the edge of a step. */
function sumsUntil(endSeconds: number) {
  const seconds = Array.from({ length: Math.floor((endSeconds - 5) / 10) + 1 }, (_, index) => 5 + index * 10);
  const ticks = seconds.map((at) => ({ at: at * 1000, rows: [{ key: 'c', values: { [cpu]: at * 1e6 } }] }));
  return rollUp(blocksOf(ticks), steps);
}

describe('sums that somebody made again', () => {
  it.each([
    ['of fewer ticks', 255],
    ['of the ticks before a step ends, and none after it', 295],
  ])('take nothing away when they are made %s', (_sentence, endSeconds) => {
    const all = sumsUntil(595);
    const late = sumsUntil(endSeconds);
    expect(spliced([all, ...noNarrower(all, late)], steps)).toEqual(all);
    expect(spliced([late, ...noNarrower(late, all)], steps)).toEqual(all);
  });
});
