import { describe, expect, it } from '@jest/globals';
import type { Row } from './bench.ts';
import { fails, judge, median, spread } from './verdict.ts';

const row = (change: Partial<Row>): Row => ({ what: 'x', unit: 'B/sample', ours: [2, 1, 3], ...change });

describe('a row', () => {
  it.each<[string, Partial<Row>, boolean | undefined, boolean]>([
    ['without a goal says nothing', {}, undefined, false],
    ['meets a bound on its edge', { goal: { kind: 'at most', of: 'value', bound: 2 } }, true, false],
    ['misses one above it', { goal: { kind: 'at most', of: 'value', bound: 1.9 } }, false, true],
    ['meets a lower bound', { unit: 'count', goal: { kind: 'at least', of: 'value', bound: 2 } }, true, false],
    [
      'in ms may miss, and fails nothing',
      { unit: 'ms', goal: { kind: 'at most', of: 'value', bound: 1 } },
      false,
      false,
    ],
    [
      'in ms fails by its ratio',
      { unit: 'ms', peer: { name: 'p', values: [1] }, goal: { kind: 'at most', of: 'ratio', bound: 1.9 } },
      false,
      true,
    ],
    ['whose peer is missing fails', { goal: { kind: 'at most', of: 'ratio', bound: 9 } }, undefined, true],
    ['without values fails', { ours: [], goal: { kind: 'at most', of: 'value', bound: 9 } }, false, true],
  ])('%s', (_, change, met, failing) => {
    expect(judge(row(change)).met).toBe(met);
    expect(fails(row(change))).toBe(failing);
  });

  it('is judged by the median, beside the spread', () => {
    expect(judge(row({ peer: { name: 'p', values: [4, 4, 9] } }))).toMatchObject({
      value: 2,
      peer: 4,
      ratio: 0.5,
      spread: 1,
    });
  });
});

describe('median and spread', () => {
  it('take two middle values together', () => {
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });
  it('are 0 apart when all is equal', () => {
    expect(spread([0, 0])).toBe(0);
  });
});
