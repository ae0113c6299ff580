import { describe, expect, it } from '@jest/globals';
import { labelsOf } from './labels.ts';

const named = (count: number, text: string): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_none, index) => [`${index}`, text]));

describe('labels', () => {
  it('are kept as they are', () => {
    expect(labelsOf({ app: 'web', empty: '', number: 7 })).toEqual({ app: 'web', empty: '' });
  });

  it.each([
    ['characters that JSON escapes', named(10, '\u0001'.repeat(4096))],
    ['characters of three bytes', named(10, '\u20ac'.repeat(4096))],
    ['many that are empty', named(30_000, '')],
  ])('of %s are as many as fit into a description', (_what, labels) => {
    const kept = labelsOf(labels);
    expect(Buffer.byteLength(JSON.stringify(kept))).toBeLessThanOrEqual(16 * 1024);
    expect(Object.keys(kept).length).toBeLessThan(Object.keys(labels).length);
  });
});
