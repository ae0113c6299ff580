import { describe, expect, it } from '@jest/globals';
import { ResidualChooser } from './residual.ts';

const max = Number.MAX_SAFE_INTEGER;
const modes = ['constant', 'delta', 'delta of delta', 'plain'];

describe('the rest of a series is written', () => {
  it.each<[string, string, number[], number[], number]>([
    ['as constant when nothing changes', 'constant', [7, 7, 7], [], 1],
    ['as its steps when they are small', 'delta', [1e9, 1e9 + 3, 1e9 - 2], [3, -5], 1],
    ['by the greatest common divisor of the steps', 'delta', [4097, 8193, 1], [1, -2], 4096],
    ['as changes of steps when these are steady', 'delta of delta', [0, 1000, 2000, 3001], [1000, 0, 1], 1],
    ['as it is when steps are wider than values', 'plain', [0, 512, -512, 512], [1, -1, 1], 512],
    ['as it is when a step is beyond 2^53 - 1', 'plain', [max, -max, 0], [-1, 0], max],
    [
      'as its steps when a change of steps is beyond 2^53 - 1',
      'delta',
      [-(2 ** 52), 2 ** 52 - 1, -(2 ** 52)],
      [1, -1],
      max,
    ],
  ])('%s', (_, mode, samples, written, divisor) => {
    const chosen = new ResidualChooser(samples.length).choose(Float64Array.from(samples), samples.length);
    expect(modes[chosen.mode]).toBe(mode);
    expect(chosen.divisor).toBe(divisor);
    if (mode !== 'constant') {
      expect([...chosen.values.subarray(0, samples.length - 1)].map((value) => value / divisor)).toEqual(written);
    }
  });
});
