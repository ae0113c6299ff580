import { describe, expect, it } from '@jest/globals';
import { KeyReader, shortcutGroups } from './shortcut-table.ts';

function wishes(...keys: (readonly [key: string, atMs: number])[]) {
  const reader = new KeyReader();
  return keys.map(([key, atMs]) => reader.read(key, atMs));
}

describe('KeyReader', () => {
  it.each([
    ['one key', [['?', 0]], ['help']],
    [
      'two keys',
      [
        ['g', 0],
        ['c', 900],
      ],
      [null, 'go /containers'],
    ],
    [
      'a second key that comes too late',
      [
        ['g', 0],
        ['c', 1501],
      ],
      [null, null],
    ],
    [
      'nothing of a second key that makes no pair',
      [
        ['g', 0],
        ['l', 100],
      ],
      [null, null],
    ],
    ['nothing of a key that nobody has', [['q', 0]], [null]],
  ] as const)('reads %s', (_sentence, keys, expected) => {
    expect(wishes(...keys)).toEqual(expected);
  });

  it('has no key twice, and none that hides another', () => {
    const keys = shortcutGroups.flatMap((group) => group.shortcuts.map((shortcut) => shortcut.keys));
    expect(new Set(keys).size).toBe(keys.length);
    for (const one of keys) expect(keys.filter((other) => other.startsWith(`${one} `))).toEqual([]);
  });
});
