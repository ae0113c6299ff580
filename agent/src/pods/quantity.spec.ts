import { describe, expect, it } from '@jest/globals';
import { quantityOf } from './quantity.ts';

describe('quantityOf', () => {
  it.each<[unknown, number]>([
    ['250m', 0.25],
    ['100m', 0.1],
    ['3m', 0.003],
    ['2', 2],
    ['0.5', 0.5],
    ['1.5', 1.5],
    [2, 2],
    ['64Mi', 67_108_864],
    ['1Gi', 1_073_741_824],
    ['129e6', 129_000_000],
    ['129M', 129_000_000],
    ['1E', 1e18],
    ['1E2', 100],
    ['128974848000m', 128_974_848],
    ['100u', 0.0001],
    ['5n', 5e-9],
    ['0', 0],
  ])('reads %j as %d', (text, expected) => {
    expect(quantityOf(text)).toBe(expected);
  });

  it.each<unknown>(['', 'm', '1 Mi', '1mi', '1KB', '-1', 'NaN', '1e', '1e999', null, undefined, {}])(
    'refuses %j',
    (text) => {
      expect(quantityOf(text)).toBeUndefined();
    },
  );
});
