import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as z from 'zod';
import { csvText } from './csv-text.ts';
import { tableOf } from './schema-table.ts';
import type { Cell, Table } from './table.ts';
import { wantedFormat } from './wanted-format.ts';

const textOf = (table: Table): string => [...csvText(table)].join('');
const one = (cell: Cell): string => textOf({ columns: ['x'], rows: [[cell]] }).slice('x\r\n'.length, -'\r\n'.length);

describe('CSV', () => {
  it.each<[string, Cell, string]>([
    ['a text', 'web', 'web'],
    ['a number to its last digit', 0.1 + 0.2, '0.30000000000000004'],
    ['a number below zero', -1.5, '-1.5'],
    ['a truth', false, 'false'],
    ['what is not known', null, ''],
    ['a comma', 'a,b', '"a,b"'],
    ['a quote', 'a"b', '"a""b"'],
    ['a line break', 'a\r\nb', '"a\r\nb"'],
    ['a formula', '=1+1', "'=1+1"],
    ['a formula behind a sign', '-2+3', "'-2+3"],
    ['a formula of another program', '@SUM(A1)', "'@SUM(A1)"],
    ['a formula behind a tab', '\t=1', "'\t=1"],
    ['a formula in quotes', '=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
  ])('writes %s', (_sentence, cell, text) => {
    expect(one(cell)).toBe(text);
  });

  it('begins no text with what a spreadsheet runs', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'),
        fc.string(),
        (sign, rest) => {
          expect(one(sign + rest)).toMatch(/^"?'/);
        },
      ),
    );
  });

  it('writes more rows than are turned into text at once, each once', () => {
    const rows = Array.from({ length: 2500 }, (_, index) => [index]);
    expect(textOf({ columns: ['n'], rows }).split('\r\n')).toEqual(['n', ...rows.map(([n]) => String(n)), '']);
  });
});

describe('the table of a list', () => {
  const schema = z.object({
    name: z.string(),
    workload: z.object({ kind: z.string(), name: z.string() }).nullable(),
    labels: z.record(z.string(), z.string()).optional(),
  });

  it('has a column for each member, and for members of members', () => {
    const items = [
      { name: 'a', workload: { kind: 'Deployment', name: 'web' }, labels: { app: 'x' } },
      { name: 'b', workload: null },
    ];
    const { columns, rows } = tableOf(schema)({ items });
    expect(columns).toEqual(['name', 'workload.kind', 'workload.name', 'labels']);
    expect([...rows]).toEqual([
      ['a', 'Deployment', 'web', '{"app":"x"}'],
      ['b', null, null, null],
    ]);
  });

  it('has its columns without a row', () => {
    expect(textOf(tableOf(schema)({ items: [] }))).toBe('name,workload.kind,workload.name,labels\r\n');
  });
});

describe('the form of an answer', () => {
  it.each([
    ['nothing', undefined, undefined, 'json'],
    ['a browser’s Accept', undefined, 'text/html,application/xhtml+xml,*/*;q=0.8', 'json'],
    ['Accept: text/csv', undefined, 'text/csv', 'csv'],
    ['Accept with a quality', undefined, 'text/csv;q=0.9, application/json;q=0.1', 'csv'],
    ['Accept with JSON first', undefined, 'application/json, text/csv', 'json'],
    ['format above Accept', 'json', 'text/csv', 'json'],
    ['format', 'csv', undefined, 'csv'],
  ])('for %s', (_sentence, format, accept, wanted) => {
    expect(wantedFormat(format, accept)).toBe(wanted);
  });

  it.each([['xml'], [['csv', 'csv']], [{ $ne: 'json' }], [''], ['constructor']])('is not %j', (format) => {
    expect(() => wantedFormat(format, undefined)).toThrow('format: ask for one of json, csv');
  });
});
