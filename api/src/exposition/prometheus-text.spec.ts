import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readPage } from '../testing/prometheus-page.ts';
import { familyText, labelsText, rowText } from './prometheus-text.ts';

const family = { name: 'x_total', kind: 'counter', help: 'A count.' } as const;
const page = (labels: Record<string, string>, value: number, atMs?: number): string =>
  familyText(family) + rowText(family.name, labelsText(labels), value, atMs);

describe('the text format of Prometheus', () => {
  it('is what its description shows', () => {
    const labels = { method: 'post', path: 'C:\\DIR\\FILE.TXT', error: 'Cannot find file:\n"FILE.TXT"' };
    expect(page(labels, 1027, 1_395_066_363_000)).toBe(
      '# HELP x_total A count.\n# TYPE x_total counter\n' +
        'x_total{method="post",path="C:\\\\DIR\\\\FILE.TXT",error="Cannot find file:\\n\\"FILE.TXT\\""} 1027 1395066363000\n',
    );
  });

  it.each([
    ['a whole number', 2 ** 53 - 1, '9007199254740991'],
    ['a fraction', 0.1, '0.1'],
    ['no number', NaN, 'NaN'],
    ['infinity', Infinity, '+Inf'],
    ['infinity below zero', -Infinity, '-Inf'],
  ])('writes %s', (_sentence, value, text) => {
    expect(rowText('x', '', value)).toBe(`x ${text}\n`);
  });

  it('leaves out labels that are empty', () => {
    expect(labelsText({ a: '', b: undefined })).toBe('');
    expect(labelsText({ a: '', b: 'c' })).toBe('{b="c"}');
  });

  it('is read by another parser as it was written, whatever labels and values hold', () => {
    // The parser takes line ends of every kind for line ends; the format knows \n alone.
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((each) => !/[\r\u2028\u2029]/.test(each));
    const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,9}$/);
    const labels = fc.dictionary(name, text, { noNullPrototype: true, maxKeys: 5 });
    const value = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(labels, value, fc.option(fc.nat(), { nil: undefined }), (given, number, atMs) => {
        const [row] = readPage(page(given, number, atMs)).get('x_total')?.rows ?? [];
        expect(row).toEqual({ labels: given, value: number === 0 ? 0 : number, atMs });
      }),
    );
  });

  it('is one line for each row, whatever labels hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(rowText('x', labelsText({ a: text }), 1).split('\n')).toHaveLength(2);
      }),
    );
  });
});
