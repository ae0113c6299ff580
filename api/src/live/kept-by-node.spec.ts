import { describe, expect, it } from '@jest/globals';
import { KeptByNode } from './kept-by-node.ts';

describe('KeptByNode', () => {
  it('keeps nodes apart, and lets go of one alone', () => {
    const kept = new KeptByNode<number>(10);
    kept.keep('a', 'x', 1);
    kept.keep('b', 'x', 2);
    expect([kept.get('a', 'x'), kept.get('b', 'x'), kept.get('c', 'x')]).toEqual([1, 2, undefined]);
    kept.drop('a');
    expect([kept.get('a', 'x'), kept.get('b', 'x')]).toEqual([undefined, 2]);
  });

  it('keeps as many as it may, and with one more lets go of those that were not asked for lately', () => {
    // Asking moves what is found: each question is put to one that nobody has asked yet.
    const answers = (count: number): (number | undefined)[] =>
      Array.from({ length: count }, (_, asked) => {
        const kept = new KeptByNode<number>(4);
        for (let name = 0; name < count; name += 1) kept.keep('n', String(name), name);
        return kept.get('n', String(asked));
      });
    expect(answers(4)).toEqual([0, 1, 2, 3]);
    expect(answers(5)).toEqual([undefined, undefined, 2, 3, 4]);
  });

  it('keeps what is asked for again and again, whatever comes besides', () => {
    const kept = new KeptByNode<number>(4);
    kept.keep('n', 'often', 0);
    for (let name = 0; name < 100; name += 1) {
      kept.keep('m', String(name), name);
      expect(kept.get('n', 'often')).toBe(0);
    }
  });

  it('does not count one that is kept twice, or what it has let go of', () => {
    const kept = new KeptByNode<number>(4);
    kept.keep('n', 'first', 0);
    for (let turn = 1; turn < 10; turn += 1) {
      kept.keep('n', 'first', turn);
      kept.keep('m', String(turn), turn);
      kept.drop('m');
    }
    expect(kept.get('n', 'first')).toBe(9);
  });
});
