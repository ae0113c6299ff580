import { describe, expect, it } from '@jest/globals';
import { inPlace, linesOf } from './screen.ts';
import type { TopRow } from './rows.ts';
import { bytes, cores, percent, tableOf } from './table.ts';

const row: TopRow = {
  id: 'n~p~server',
  name: 'shop/web-1/server',
  node: 'node-1',
  cpuCores: 0.5,
  cpuRatio: 0.25,
  memoryBytes: 312 * 2 ** 20,
  memoryLimitBytes: 2 ** 30,
  memoryRatio: 0.3047,
  networkReceivedBytesPerSecond: 300,
  networkTransmittedBytesPerSecond: 1536,
  diskReadBytesPerSecond: null,
  diskWrittenBytesPerSecond: null,
};

describe('a figure', () => {
  it.each([
    ['nothing', bytes(0), '0 B'],
    ['bytes', bytes(999), '999 B'],
    ['a size that would have four digits', bytes(1000), '0.98 KiB'],
    ['some KiB', bytes(1536), '1.50 KiB'],
    ['tens of MiB', bytes(48 * 2 ** 20), '48.0 MiB'],
    ['hundreds of MiB', bytes(312.4 * 2 ** 20), '312 MiB'],
    ['what rounds to ten', bytes(9.999 * 1024), '10.0 KiB'],
    ['what rounds to a thousand', bytes(999.7 * 1024), '0.98 MiB'],
    ['more than the largest unit', bytes(2 ** 60), '1024 PiB'],
    ['an unknown size', bytes(null), '–'],
    ['cores', cores(0.125), '0.125'],
    ['unknown cores', cores(null), '–'],
    ['a share', percent(0.1234), '12.3 %'],
    ['more than all', percent(1.5), '150.0 %'],
    ['an unknown share', percent(null), '–'],
  ])('%s', (_sentence, found, expected) => {
    expect(found).toBe(expected);
  });
});

describe('the table', () => {
  it('has columns as docker stats has, figures to the right', () => {
    expect(tableOf([row, { ...row, name: 'db', cpuCores: null, cpuRatio: null }])).toEqual([
      'NAME                CORES    CPU %       MEMORY / LIMIT    MEM %   NET IN / OUT PER S   DISK READ / WRITTEN PER S   NODE',
      'shop/web-1/server   0.500   25.0 %   312 MiB / 1.00 GiB   30.5 %     300 B / 1.50 KiB                           –   node-1',
      'db                      –        –   312 MiB / 1.00 GiB   30.5 %     300 B / 1.50 KiB                           –   node-1',
    ]);
  });

  it('passes on nothing that would steer the terminal', () => {
    expect(tableOf([{ ...row, name: 'a\u001b[2Jb', node: 'n\u202e\n' }])[1]).toMatch(/^a\?\[2Jb .* n\?\?$/);
  });
});

describe('the screen', () => {
  const snapshot = { atMs: Date.UTC(2026, 10, 24, 12, 0, 5), total: 4, rows: [row], partial: null };

  it.each([
    ['how many of all are shown', snapshot, undefined, ['1 of 4 running containers at 12:00:05 UTC']],
    ['one', { ...snapshot, total: 1 }, undefined, ['1 running container at 12:00:05 UTC']],
    ['that there is none', { ...snapshot, total: 0, rows: [] }, undefined, ['0 running containers at 12:00:05 UTC']],
    [
      'what is old, and what is not whole',
      { ...snapshot, total: 1, partial: 'the database is away' },
      'cannot connect',
      [
        '1 running container at 12:00:05 UTC',
        'These are old: cannot connect',
        'Rates are not whole: the database is away',
      ],
    ],
  ])('says %s', (_sentence, given, trouble, expected) => {
    const lines = linesOf(given, trouble);
    const table = given.rows.length === 0 ? [] : ['', ...tableOf(given.rows)];
    expect(lines).toEqual([...expected, ...table]);
  });

  it('is written over what was there, no wider and no higher than the terminal', () => {
    expect(inPlace(['abcdef', 'gh', 'ij'], 4, 3)).toBe('\u001b[Habcd\u001b[K\ngh\u001b[K\n\u001b[J');
  });
});
