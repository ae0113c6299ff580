import { describe, expect, it } from '@jest/globals';
import { bytesOf } from './quantity.ts';

describe('bytesOf', () => {
  it.each([
    ['a number', 16_777_216, 16_777_216],
    ['a binary suffix', '256Mi', 268_435_456],
    ['a decimal suffix', '256M', 256_000_000],
    ['a fraction', '1.5Gi', 1_610_612_736],
    ['a fraction of a byte, rounded up', '0.5', 1],
    ['an exponent', '1e9', 1_000_000_000],
  ])('reads %s', (_sentence, quantity, expected) => {
    expect(bytesOf(quantity)).toBe(expected);
  });

  it.each(['100m', 'much', '', '5Xi'])('refuses %p', (quantity) => {
    expect(() => bytesOf(quantity)).toThrow('no quantity of bytes');
  });
});
