import { describe, expect, it } from '@jest/globals';
import { figuresOf, p99Ms } from './figures.ts';

const labels = 'controller="docksnapmonitor"';
const page = (...counts: number[]): string =>
  [
    'process_resident_memory_bytes 104857600',
    'process_cpu_seconds_total 1.5',
    ...counts.map((count, index) => {
      const le = ['0.1', '0.5', '1', '+Inf'][index] ?? '';
      return `controller_runtime_reconcile_time_seconds_bucket{le="${le}",${labels}} ${count}`;
    }),
  ].join('\n');

describe("the operator's figures", () => {
  it('are read from its page', () => {
    expect(figuresOf(page(1, 2, 3, 4))).toMatchObject({ residentBytes: 104_857_600, cpuSeconds: 1.5 });
  });

  it('are not made up when the page lacks one', () => {
    expect(() => figuresOf('')).toThrow('lack process_resident_memory_bytes');
  });

  it.each([
    ['all are quick', [0, 0, 0, 0], [100, 100, 100, 100], 100],
    ['one of a hundred is slow', [0, 0, 0, 0], [98, 99, 100, 100], 500],
    ['what was before does not count', [50, 100, 100, 100], [150, 200, 200, 200], 100],
    ['two of a hundred are beyond every bound', [0, 0, 0, 0], [98, 98, 98, 100], Infinity],
  ])('%s', (_sentence, before, after, expected) => {
    expect(p99Ms(figuresOf(page(...before)), figuresOf(page(...after)))).toBe(expected);
  });
});
