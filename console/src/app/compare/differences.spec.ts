import { describe, expect, it } from '@jest/globals';
import { aChart } from '../../testing/charts.ts';
import { differences, percentile } from './differences.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('percentile', () => {
  it.each([
    ['of nothing is not known', [null], 0.95, null],
    ['of one value is it', [3], 0.95, 3],
    ['is a value that was there', [4, 1, null, 3, 2], 0.5, 2],
    ['1 is the largest', [4, 9, 2], 1, 9],
  ])('%s', (_sentence, values, share, expected) => {
    expect(percentile(values, share)).toBe(expected);
  });
});

describe('differences', () => {
  const rows = (now: readonly (number | null)[], before: readonly (number | null)[]) =>
    differences([
      aChart(now, {
        lines: [
          { key: '0', label: 'this', slot: 1, values: now },
          { key: '1', label: 'before', slot: 'earlier', values: before },
        ],
      }),
    ])[0];

  it.each([
    ['more', [2, 2], [1, 1], '+100 %', true],
    ['a little more', [1.1], [1], '+10 %', false],
    ['less', [1], [2], '-50 %', false],
    ['out of nothing', [1], [0], '–', false],
    ['against what is not known', [1], [null], '–', false],
  ])('names what became %s', (_sentence, now, before, change, isWorse) => {
    const mean = rows(now, before)?.mean;
    expect([plain(mean?.change ?? ''), mean?.isWorse]).toEqual([change, isWorse]);
  });
});
