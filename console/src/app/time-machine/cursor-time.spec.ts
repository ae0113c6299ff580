import { describe, expect, it } from '@jest/globals';
import { noonMs } from '../../testing/answers.ts';
import { parseCursor, stripWindow } from './cursor-time.ts';

describe('parseCursor', () => {
  it.each([
    ['nothing is said', null, { atMs: null, ignored: null }],
    ['unix ms', String(noonMs - 5), { atMs: noonMs - 5, ignored: null }],
    ['ISO 8601', '2026-11-24T11:59:00Z', { atMs: noonMs - 60_000, ignored: null }],
    ['no moment', '<script>', { atMs: null, ignored: expect.stringContaining('is none') }],
    ['the future', String(noonMs + 1), { atMs: null, ignored: expect.stringContaining('still to come') }],
  ])('reads %s', (_sentence, text, expected) => {
    expect(parseCursor(text, noonMs)).toEqual(expected);
  });
});

describe('stripWindow', () => {
  const window = { fromMs: noonMs - 600_000, toMs: noonMs, stepSeconds: 60 };

  it('is the page’s own where it holds the cursor', () => {
    expect(stripWindow(window, noonMs - 600_000, noonMs)).toBe(window);
  });

  it('lies around a cursor that is further back, whole steps long', () => {
    const atMs = noonMs - 86_400_000 + 7;
    expect(stripWindow(window, atMs, noonMs)).toEqual({
      fromMs: noonMs - 86_400_000 - 300_000,
      toMs: noonMs - 86_400_000 + 300_000,
      stepSeconds: 60,
    });
  });

  it('holds a cursor in the step that is under way', () => {
    const { fromMs, toMs } = stripWindow(window, noonMs + 20_000, noonMs + 30_000);
    expect([fromMs, toMs]).toEqual([noonMs - 540_000, noonMs + 60_000]);
  });
});
