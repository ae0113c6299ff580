import { describe, expect, it } from '@jest/globals';
import { ChartCursor } from './chart-cursor.ts';
import { PlotKeys } from './plot-keys.ts';

const timestamps = Array.from({ length: 30 }, (_, index) => index * 60_000);

function pressed(...keys: string[]) {
  const cursor = new ChartCursor();
  const plot = new PlotKeys(cursor);
  const wishes = keys.map((key) =>
    plot.press({ key: key.replace('shift+', ''), shiftKey: key.startsWith('shift+') }, timestamps),
  );
  return { cursor, wish: wishes.at(-1) };
}

describe('keys in a chart', () => {
  it.each([
    ['the newest step first', ['ArrowLeft'], 29],
    ['a step back', ['ArrowLeft', 'ArrowLeft'], 28],
    ['ten steps with shift', ['ArrowLeft', 'shift+ArrowLeft'], 19],
    ['the first step', ['Home'], 0],
    ['no further than the last', ['Home', 'End', 'ArrowRight'], 29],
  ])('move the cursor: %s', (_sentence, keys, index) => {
    expect(pressed(...keys).cursor.atMs()).toBe(timestamps[index]);
  });

  it('choose a stretch from space on, and show it on enter', () => {
    const { cursor, wish } = pressed('End', ' ', 'shift+ArrowLeft', 'Enter');
    expect(wish).toEqual({ show: { fromMs: 19 * 60_000, toMs: 29 * 60_000 } });
    expect(cursor.selection()).toBeNull();
  });

  it.each([
    ['escape leaves', 'Escape', 'leave'],
    ['d shows the table', 'd', 'table'],
    ['enter without a stretch is nobody’s', 'Enter', null],
    ['other keys are nobody’s', 'x', null],
  ])('%s', (_sentence, key, wish) => {
    expect(pressed(key).wish).toBe(wish);
  });
});
