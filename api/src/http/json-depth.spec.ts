import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isTooDeep, mostDepth } from './json-depth.ts';

const lists = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const objects = (depth: number): string => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

describe('the depth of JSON', () => {
  it.each([
    ['lists at the limit', lists(mostDepth), false],
    ['lists beyond it', lists(mostDepth + 1), true],
    ['objects at the limit', objects(mostDepth), false],
    ['objects beyond it', objects(mostDepth + 1), true],
    ['lists without an end', '['.repeat(100_000), true],
    ['many lists beside each other', `[${Array(1000).fill('[]').join(',')}]`, false],
    ['brackets in a text', JSON.stringify('['.repeat(100)), false],
    ['brackets behind a quote in a text', JSON.stringify(`"${'['.repeat(100)}`), false],
    ['brackets behind a backslash that ends a text', `["\\\\",${lists(mostDepth)}]`, true],
  ])('%s', (_sentence, json, expected) => {
    expect(isTooDeep(Buffer.from(json))).toBe(expected);
  });

  it('is that of the value', () => {
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 60 },
        fc.string(),
        fc.array(tie('tree'), { maxLength: 2 }),
        fc.dictionary(fc.string(), tie('tree'), { maxKeys: 2 }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        expect(isTooDeep(Buffer.from(JSON.stringify(value)))).toBe(depthOf(value) > mostDepth);
      }),
    );
  });
});
