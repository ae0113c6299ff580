import { describe, expect, it } from '@jest/globals';
import { noonMs } from '../../testing/answers.ts';
import { aChart } from '../../testing/charts.ts';
import { ChartCursor } from './chart-cursor.ts';
import { plotArea, xOf } from './plot-area.ts';
import { PlotGesture } from './plot-gesture.ts';

const minute = 60_000;
const area = plotArea(aChart(Array.from({ length: 11 }, () => 1)), 700, 226);
const x = (minutesAgo: number) => xOf(area, noonMs - minutesAgo * minute);
/** To the second: pixels are coarser than milliseconds. */
const seconds = (ms: number) => Math.round((ms - noonMs) / 1000);

describe('a drag', () => {
  it.each([
    ['to the right', 8, 3],
    ['to the left', 3, 8],
  ])('%s chooses the stretch between its ends', (_sentence, from, to) => {
    const cursor = new ChartCursor();
    const gesture = new PlotGesture(area, cursor, { x: x(from), pulls: false });
    gesture.move(x(to));
    expect(cursor.selection()).not.toBeNull();
    const end = gesture.end(x(to));
    expect([seconds(end?.fromMs ?? 0), seconds(end?.toMs ?? 0)]).toEqual([-480, -180]);
    expect(cursor.selection()).toBeNull();
  });

  it('ends at the edge of the plot', () => {
    const gesture = new PlotGesture(area, new ChartCursor(), { x: x(2), pulls: false });
    expect(gesture.end(9999)?.toMs).toBe(area.toMs);
  });

  it('of a few pixels is a click', () => {
    expect(new PlotGesture(area, new ChartCursor(), { x: 100, pulls: false }).end(104)).toBeNull();
  });

  it('with shift pulls the whole window along', () => {
    const cursor = new ChartCursor();
    const gesture = new PlotGesture(area, cursor, { x: x(8), pulls: true });
    gesture.move(x(5));
    expect(Math.round(cursor.pulledMs() / 1000)).toBe(180);
    const end = gesture.end(x(5));
    expect([seconds(end?.fromMs ?? 0), seconds(end?.toMs ?? 0)]).toEqual([-600 - 180, -180]);
    expect(cursor.pulledMs()).toBe(0);
  });
});
