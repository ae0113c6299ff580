import { describe, expect, it } from '@jest/globals';
import { millionths, rowsOf, whole } from './kubelet-page.ts';

describe('rowsOf', () => {
  it('reads labels, value and time, and leaves rows without a time', () => {
    const rows = rowsOf(
      '# HELP a b\na_total{container="x",pod="y\\"z"} 1.5e+06 1700000000123\nnode_a 2 1700000000124\nb 3\n',
    );
    expect(rows.map((row) => [row.family, Object.fromEntries(row.labels), row.value, row.timestampMs])).toEqual([
      ['a_total', { container: 'x', pod: 'y\\"z' }, '1.5e+06', 1_700_000_000_123],
      ['node_a', {}, '2', 1_700_000_000_124],
    ]);
  });
});

describe('millionths', () => {
  it.each([
    ['a whole number', '12', 12_000_000n],
    ['six digits', '0.000001', 1n],
    ['the seventh digit 4 is dropped', '0.0000014', 1n],
    ['the seventh digit 5 counts up', '0.0000015', 2n],
    ['nine digits', '2548.583888773', 2_548_583_889n],
    ['an exponent', '1.2345678e+03', 1_234_567_800n],
    ['a negative exponent', '5e-07', 1n],
  ])('%s', (_sentence, text, expected) => {
    expect(millionths(text)).toBe(expected);
  });

  it('refuses what is not a number', () => {
    expect(() => millionths('NaN')).toThrow('not a decimal number');
  });
});

describe('whole', () => {
  it('reads bytes with an exponent', () => {
    expect(whole('2.030231552e+09')).toBe(2_030_231_552n);
  });
});
