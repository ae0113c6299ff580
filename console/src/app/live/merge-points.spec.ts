import { describe, expect, it } from '@jest/globals';
import { aSeries, noonMs } from '../../testing/answers.ts';
import { alignTo, mergePoints } from './merge-points.ts';

const minute = 60_000;
const later = (values: readonly (number | null)[], minutes: number) => {
  const series = aSeries(values);
  return { ...series, timestamps: series.timestamps.map((timestamp) => timestamp + minutes * minute) };
};

describe('mergePoints', () => {
  it('appends a newer step', () => {
    const merged = mergePoints(aSeries([1, 2]), later([3], 1));
    expect(merged.timestamps).toEqual([noonMs - minute, noonMs, noonMs + minute]);
    expect(merged.metrics['cpuCores']?.values).toEqual([1, 2, 3]);
  });

  it('replaces a step that changed', () => {
    expect(mergePoints(aSeries([1, 2]), aSeries([5])).metrics['cpuCores']?.values).toEqual([1, 5]);
  });

  it('takes back a value that turned out not to be known', () => {
    expect(mergePoints(aSeries([1, 2]), aSeries([null])).metrics['cpuCores']?.values).toEqual([1, null]);
  });

  it('fills a gap when late samples come', () => {
    expect(mergePoints(aSeries([1, null, 3]), later([2], -1)).metrics['cpuCores']?.values).toEqual([1, 2, 3]);
  });

  it('is the same after a repeat', () => {
    const once = mergePoints(aSeries([1]), later([2], 1));
    expect(mergePoints(once, later([2], 1))).toEqual(once);
  });

  it('ignores points of another step: they belong to a range that was left', () => {
    const series = aSeries([1]);
    expect(mergePoints(series, aSeries([9], ['cpuCores'], 15))).toBe(series);
  });

  it('leaves metrics alone that an event does not name', () => {
    const merged = mergePoints(aSeries([1], ['cpuCores', 'rssBytes']), aSeries([2]));
    expect(merged.metrics['rssBytes']?.values).toEqual([1]);
  });

  it('learns when an answer became partial', () => {
    expect(mergePoints(aSeries([1]), { ...aSeries([1]), partial: 'the database is away' }).partial).toMatch(/away/);
  });
});

describe('alignTo', () => {
  const window = { fromMs: noonMs - minute, toMs: noonMs + 2 * minute, stepSeconds: 60 };

  it('has every step of the window, unknown where nothing came, and nothing outside', () => {
    const aligned = alignTo(aSeries([1, 2, 3]), window);
    expect(aligned.timestamps).toEqual([noonMs, noonMs + minute, noonMs + 2 * minute]);
    expect(aligned.metrics['cpuCores']?.values).toEqual([3, null, null]);
  });

  it('begins after a window edge that is no step’s end', () => {
    const aligned = alignTo(aSeries([1, 2]), { ...window, fromMs: noonMs - 90_000, toMs: noonMs + 1 });
    expect(aligned.timestamps).toEqual([noonMs - minute, noonMs]);
  });
});
