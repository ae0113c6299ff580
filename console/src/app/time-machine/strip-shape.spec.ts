import { describe, expect, it } from '@jest/globals';
import { noonMs } from '../../testing/answers.ts';
import { timeZone } from '../units.ts';
import { areaPath, keyMoment, percent, stripTicks } from './strip-shape.ts';

const window = { fromMs: noonMs - 600_000, toMs: noonMs, stepSeconds: 60 };
const timestamps = Array.from({ length: 10 }, (_, index) => window.fromMs + (index + 1) * 60_000);

describe('the strip', () => {
  it('places a moment by its share of the window', () => {
    expect([noonMs - 600_000, noonMs - 150_000, noonMs].map((ms) => percent(window, ms))).toEqual([0, 75, 100]);
  });

  it.each([
    ['nothing where nothing is known', [null, null], ''],
    ['a step', [4], 'M0.0 64V32.0L100.0 32.0V64Z'],
    ['two stretches around a gap', [8, null, 2], 'M0.0 64V0.0L100.0 0.0V64ZM200.0 64V48.0L300.0 48.0V64Z'],
    ['more than its top as its top', [80], 'M0.0 64V0.0L100.0 0.0V64Z'],
  ])('draws %s', (_sentence, values, expected) => {
    expect(areaPath({ timestamps, values }, window, 8)).toBe(expected);
  });

  it('names round moments, and midnight by its day', () => {
    timeZone.set('UTC');
    const midnight = Date.UTC(2026, 10, 24);
    const ticks = stripTicks({ fromMs: midnight - 6 * 3_600_000, toMs: midnight + 6 * 3_600_000, stepSeconds: 120 });
    expect(ticks.map(({ words }) => words)).toContain('Tue 24');
    expect(ticks.find(({ isDay }) => isDay)).toMatchObject({ left: 50 });
    timeZone.set('local');
  });

  it.each([
    ['ArrowLeft', false, -10_000],
    ['ArrowRight', true, 60_000],
    ['PageDown', false, -60_000],
    ['Home', false, -300_000],
    ['End', false, 300_000],
    ['x', false, null],
  ])('is moved by %s (shift: %s)', (key, shiftKey, expected) => {
    const atMs = noonMs - 300_000;
    const moved = keyMoment({ key, shiftKey }, atMs, window);
    expect(moved === null ? null : moved - atMs).toBe(expected);
  });
});
