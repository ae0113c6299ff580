import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { canonicalJson, descriptionHash } from './description-hash.ts';
import { sha256 } from './testing/sha256.ts';

/** The same value with all members in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]: [string, unknown]) => [name, reversed(member)]),
  );
}

describe('canonical JSON', () => {
  it.each<[string, unknown, string]>([
    ['sorts members, at each depth', { b: 1, a: { d: [], c: null } }, '{"a":{"c":null,"d":[]},"b":1}'],
    [
      'sorts by UTF-16 code units',
      { '\u{1f600}': 1, '\uff5e': 2, Z: 3, a: 4 },
      '{"Z":3,"a":4,"\u{1f600}":1,"\uff5e":2}',
    ],
    ['leaves out what is undefined', { a: undefined, b: true }, '{"b":true}'],
    ['keeps the order of lists', [3, 1, 2], '[3,1,2]'],
    ['writes numbers as ECMAScript does', [1e21, 0.1, -0, 100], '[1e+21,0.1,0,100]'],
    ['escapes as little as JSON allows', 'é"\n\u2028', '"é\\"\\n\u2028"'],
  ])('%s', (_, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it.each([NaN, Infinity, undefined, 1n, Symbol('x'), () => 1])('refuses %p', (value) => {
    expect(() => canonicalJson([value])).toThrow('JSON cannot hold');
  });

  it('is one text, of the same value, whatever the order of members', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(reversed(value))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('the hash of a description', () => {
  it('is the first half of the SHA-256 of its canonical JSON', () => {
    const missing = [{ fact: 'bootId', reason: 'not readable' }];
    const hash = descriptionHash({ kind: 'node', name: 'a', missing }, sha256);
    expect(hash).toBe(
      sha256('{"kind":"node","missing":[{"fact":"bootId","reason":"not readable"}],"name":"a"}').slice(0, 32),
    );
    expect(descriptionHash({ missing, name: 'a', kind: 'node' }, sha256)).toBe(hash);
  });
});
