import { expect, it } from '@jest/globals';
import { interleaved } from './interleaved.ts';

it('runs contenders in turn, and each begins in its turn', async () => {
  const order: string[] = [];
  const contender = (name: string) => (run: number) => {
    order.push(`${name}${run}`);
    return run;
  };
  const results = await interleaved(3, { a: contender('a'), b: contender('b') }, () => undefined);
  expect(order).toEqual(['a0', 'b0', 'b1', 'a1', 'a2', 'b2']);
  expect(results).toEqual({ a: [0, 1, 2], b: [0, 1, 2] });
});
