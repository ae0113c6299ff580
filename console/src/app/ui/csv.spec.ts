import { describe, expect, it } from '@jest/globals';
import { csvTable } from './csv.ts';

describe('csvTable', () => {
  it.each([
    ['a number', 1.5, '1.5'],
    ['a negative number', -2, '-2'],
    ['nothing known', null, ''],
    ['plain text', 'shop', 'shop'],
    ['a comma', 'a,b', '"a,b"'],
    ['a quote', 'a"b', '"a""b"'],
    ['a line break', 'a\nb', '"a\nb"'],
    ['a formula', '=1+1', "'=1+1"],
    ['a formula with a quote', '=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
    ['a command', '@sum', "'@sum"],
  ])('writes %s', (_sentence, value, expected) => {
    expect(csvTable(['head'], [[value]])).toBe(`head\r\n${expected}\r\n`);
  });
});
