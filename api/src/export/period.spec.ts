import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { folderOf, parsePeriod, periodAt } from './period.ts';

const noonMs = Date.UTC(2026, 10, 24, 12);

describe('a period of an export', () => {
  it.each([
    ['hour', noonMs, '2026-11-24T12', 'date=2026-11-24/hour=12', noonMs, noonMs + 3_600_000],
    ['hour', noonMs + 3_599_999, '2026-11-24T12', 'date=2026-11-24/hour=12', noonMs, noonMs + 3_600_000],
    ['day', noonMs, '2026-11-24', 'date=2026-11-24', noonMs - 43_200_000, noonMs + 43_200_000],
  ] as const)('of kind %s at %d is %s in %s', (...[kind, timeMs, id, folder, fromMs, toMs]) => {
    const period = periodAt(kind, timeMs);
    expect(period).toEqual({ id, fromMs, toMs });
    expect(folderOf(period)).toBe(folder);
    expect(parsePeriod(id)).toEqual(period);
  });

  it.each([
    '',
    '2026-11',
    '2026-11-24T24',
    '2026-02-30',
    '2026-02-30T01',
    '2026-11-24T1',
    '2026-11-24T12:00',
    '1969-12-31',
    '../x',
  ])('is not %j', (id) => {
    expect(parsePeriod(id)).toBeUndefined();
  });

  it('is nothing that a text happens to look like', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{4}-\d\d-\d\d(T\d\d)?$/), (id) => {
        const period = parsePeriod(id);
        if (period !== undefined) expect(new Date(period.fromMs).toISOString().startsWith(id)).toBe(true);
      }),
    );
  });
});
