import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Ranges } from './ranges.ts';
import { addRange } from './ranges.ts';

describe('addRange', () => {
  it('agrees with a set of numbers, whatever is added', () => {
    const range = fc.tuple(fc.nat(40), fc.nat(5)).map(([first, length]) => [first, first + length] as const);
    fc.assert(
      fc.property(fc.array(range, { maxLength: 20 }), (added) => {
        const numbers = new Set<number>();
        let ranges: Ranges = [];
        for (const [first, last] of added) {
          const before = numbers.size;
          for (let number = first; number <= last; number++) numbers.add(number);
          const outcome = addRange(ranges, first, last);
          expect(outcome.added).toBe(numbers.size - before);
          ranges = outcome.ranges;
        }
        const listed = ranges.flatMap(([first, last]) =>
          Array.from({ length: last - first + 1 }, (_n, i) => first + i),
        );
        expect(listed).toEqual([...numbers].sort((a, b) => a - b));
        for (const [index, [first]] of ranges.entries())
          expect(first).toBeGreaterThan((ranges[index - 1]?.[1] ?? -2) + 1);
      }),
    );
  });
});
