import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseRange, rangeParams, windowAt } from './time-range.ts';

const noon = Date.UTC(2026, 10, 24, 12, 0, 0);

describe('parseRange', () => {
  it.each([
    ['nothing in the URL is the last 10 minutes in steps of one', {}, '10m', 60],
    ['an hour', { last: '1h' }, '1h', 60],
    ['15 minutes have finer steps', { last: '15m' }, '15m', 15],
  ])('%s', (_sentence, params, last, stepSeconds) => {
    const { range, ignored } = parseRange(params);
    expect(range).toMatchObject({ kind: 'last', choice: { last, stepSeconds } });
    expect(ignored).toBeNull();
  });

  it.each([
    ['unix ms', { from: String(noon), to: String(noon + 3_600_000) }],
    ['ISO 8601', { from: '2026-11-24T12:00:00Z', to: '2026-11-24T13:00:00Z' }],
  ])('takes two moments as %s', (_sentence, params) => {
    expect(parseRange(params).range).toEqual({ kind: 'fixed', fromMs: noon, toMs: noon + 3_600_000, stepSeconds: 30 });
  });

  it.each([
    ['a range that is a script', { last: '<script>' }],
    ['moments that are none', { from: 'yesterday', to: 'now' }],
    ['only one moment', { from: String(noon) }],
    ['an end at its start', { from: String(noon), to: String(noon) }],
    ['a moment beyond all time', { from: String(noon), to: '9999999999999999' }],
    ['a duration of nothing', { last: '0h' }],
  ])('falls back to the default and says what it ignored: %s', (_sentence, params) => {
    const { range, ignored } = parseRange(params);
    expect(range).toMatchObject({ kind: 'last', choice: { last: '10m' } });
    expect(ignored).toMatch(/last 10 minutes/);
  });

  it.each([
    ['2h', '3h'],
    ['90m', '1h'],
    ['3w', '30d'],
    ['99y', '2y'],
    ['1m', '10m'],
  ])('shows for %s the nearest range, %s, and says so', (asked, last) => {
    const { range, ignored } = parseRange({ last: asked });
    expect(range).toMatchObject({ kind: 'last', choice: { last } });
    expect(ignored).toMatch(/nearest/);
  });

  it('swaps a from that lies after its to, and says so', () => {
    const { range, ignored } = parseRange({ from: String(noon), to: String(noon - 3_600_000) });
    expect(range).toMatchObject({ fromMs: noon - 3_600_000, toMs: noon });
    expect(ignored).toMatch(/swapped/);
  });

  it('shows the last two years of a longer range, and says so', () => {
    const { range, ignored } = parseRange({ from: '0', to: String(noon) });
    expect(range).toMatchObject({ fromMs: noon - 730 * 86_400_000, toMs: noon, stepSeconds: 86_400 });
    expect(ignored).toMatch(/two years/);
  });

  it.each([
    ['a step that the link asks for', 3_600_000, '300', 300],
    ['none that is no number', 3_600_000, 'often', 30],
    ['none that is longer than the range', 60_000, '61', 10],
    ['none that makes more points than the API answers', 5_001_000, '1', 30],
    ['as many as it answers', 5_000_000, '1', 1],
    ['days in two years', 730 * 86_400_000, undefined, 86_400],
  ])('has steps: %s', (_sentence, spanMs, step, stepSeconds) => {
    const { range } = parseRange({ from: String(noon), to: String(noon + spanMs), step });
    expect(range).toMatchObject({ stepSeconds });
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: noon }), fc.integer({ min: 1, max: 86_400_000 }), (fromMs, spanMs) => {
        const { range } = parseRange({ from: String(fromMs), to: String(fromMs + spanMs) });
        const { last, from, to, step } = rangeParams(range);
        expect(last).toBeNull();
        expect(parseRange({ from: from ?? '', to: to ?? '', step: step ?? '' }).range).toEqual(range);
      }),
    );
  });
});

describe('windowAt', () => {
  it('ends a moving window with the last step that is over', () => {
    const { range } = parseRange({});
    expect(windowAt(range, noon - 1)).toEqual({ fromMs: noon - 660_000, toMs: noon - 60_000, stepSeconds: 60 });
    expect(windowAt(range, noon)).toEqual({ fromMs: noon - 600_000, toMs: noon, stepSeconds: 60 });
  });

  it('leaves a fixed window where it is', () => {
    const { range } = parseRange({ from: String(noon), to: String(noon + 60_000) });
    expect(windowAt(range, 0)).toEqual({ fromMs: noon, toMs: noon + 60_000, stepSeconds: 10 });
  });
});
