import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { slowScaled } from '../testing/slow-page.ts';
import { scaledInteger } from './scaled-decimal.ts';

function scale(text: string, power: number): number {
  // Among other bytes, as on a page.
  const bytes = Buffer.from(`9${text}9`);
  return scaledInteger(bytes, 1, bytes.length - 1, power);
}

describe('scaledInteger', () => {
  it.each([
    ['a CPU time to microseconds', '62.031107276', 6, 62_031_107],
    ['the digit behind decides upwards from five', '0.0000005', 6, 1],
    ['and downwards below', '0.00000049999', 6, 0],
    ['bytes with an exponent', '3.1834112e+07', 0, 31_834_112],
    ['a start time to milliseconds', '1.7954900137010078e+09', 3, 1_795_490_013_701],
    ['a negative exponent', '25e-1', 0, 3],
    ['below a tenth of a unit', '9e-9', 6, 0],
    ['a plain whole number', '1795491263281', 0, 1_795_491_263_281],
    ['a sign', '+7', 0, 7],
    ['half away from zero below it', '-2.5', 0, -3],
    ['no negative zero', '-0.1', 0, 0],
    ['no whole part', '.5', 0, 1],
    ['no fraction behind the point', '5.', 0, 5],
    ['the largest safe integer', '9007199254740991', 0, 9_007_199_254_740_991],
    ['that, rounded up to', '9007199254740990.5', 0, 9_007_199_254_740_991],
    ['zero with any exponent', '0e999999', 6, 0],
  ])('reads %s: %s x 10^%d', (_what, text, power, expected) => {
    expect(scale(text, power)).toBe(expected);
  });

  it.each(['9007199254740992', '9007199254740991.5', '1.8446744073709552e+19', '1e400', '-1e16'])(
    'refuses %s, which no safe integer holds',
    (text) => {
      expect(scale(text, 0)).toBeNaN();
    },
  );

  it.each(['', 'NaN', '+Inf', '-Inf', '.', '-', '1..2', '1e', '1e+', '0x10', '1_000', ' 1', '1 ', '1e1.5', '--1'])(
    'refuses "%s", which is no decimal',
    (text) => {
      expect(scale(text, 0)).toBeNaN();
    },
  );

  it('agrees with whole-number arithmetic on any decimal', () => {
    const digits = fc.stringMatching(/^\d{1,25}$/);
    const decimal = fc
      .tuple(fc.constantFrom('', '-', '+'), digits, fc.option(digits), fc.option(fc.integer({ min: -30, max: 30 })))
      .map(([sign, whole, fraction, exponent]) => {
        const tail = exponent === null ? '' : `e${exponent}`;
        return sign + whole + (fraction === null ? '' : `.${fraction}`) + tail;
      });
    fc.assert(
      fc.property(decimal, fc.constantFrom(0, 3, 6), (text, power) => {
        const exact = slowScaled(text, power);
        const isSafe = exact <= BigInt(Number.MAX_SAFE_INTEGER) && exact >= BigInt(Number.MIN_SAFE_INTEGER);
        expect(scale(text, power)).toBe(isSafe ? Number(exact) : NaN);
      }),
    );
  });

  it('never throws on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const value = scaledInteger(bytes, 0, bytes.length, 6);
        expect(Number.isNaN(value) || Number.isSafeInteger(value)).toBe(true);
      }),
    );
  });
});
