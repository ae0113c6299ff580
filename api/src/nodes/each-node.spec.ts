import { describe, expect, it } from '@jest/globals';
import { eachNode, partialOf } from './each-node.ts';

const numbers = Array.from({ length: 20 }, (_, index) => index);

describe('eachNode', () => {
  it('keeps the order and reads eight at a time', async () => {
    let reading = 0;
    let most = 0;
    const read = await eachNode(numbers, async (number) => {
      reading += 1;
      most = Math.max(most, reading);
      await Promise.resolve();
      reading -= 1;
      return number * 2;
    });
    expect(read).toEqual(numbers.map((number) => number * 2));
    expect(most).toBe(8);
  });

  it('begins no more once it is aborted', async () => {
    const abort = new AbortController();
    const begun: number[] = [];
    const reading = eachNode(
      numbers,
      async (number) => {
        begun.push(number);
        abort.abort(new Error('the client went away'));
        return Promise.resolve();
      },
      abort.signal,
    );
    await expect(reading).rejects.toThrow('the client went away');
    expect(begun).toHaveLength(8);
  });
});

describe('partialOf', () => {
  it('says each reason once', () => {
    const reasons = ['the store is away', null, 'the store is away', 'too long'];
    expect(partialOf(reasons.map((partial) => ({ partial })))).toBe('the store is away; too long');
    expect(partialOf([{ partial: null }])).toBeNull();
  });
});
