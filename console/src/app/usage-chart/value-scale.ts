import { byteUnit } from '../units.ts';
import type { Chart, ChartBound } from './chart.ts';

/** The vertical axis: from zero to `top`, a line each `step`, both in display units (`divisor` of the measure's own). */
export interface ValueScale {
  readonly unit: string;
  readonly divisor: number;
  readonly top: number;
  readonly step: number;
  readonly decimals: number;
}

/** A bound further away than this many times the largest value would press the lines to the floor. */
const furthestBound = 5;
const mostLines = 5;
/** Memory is shown in MiB or more, as in all tables. */
const smallestUnitBytes = 2 ** 20;

function highest(chart: Chart): number {
  return Math.max(0, ...chart.lines.flatMap((line) => line.values.filter((value) => value !== null)));
}

/** Whether a bound is near enough to the lines to be drawn; a chart without values shows all its bounds. */
export function isDrawn(bound: ChartBound, chart: Chart): boolean {
  const top = highest(chart);
  return top === 0 || bound.value <= top * furthestBound;
}

function niceStep(top: number): number {
  const power = 10 ** Math.floor(Math.log10(top / mostLines));
  // A quarter reads well only without decimals of its own: 25, 250.
  const factors = power >= 10 ? [1, 2, 2.5, 5, 10] : [1, 2, 5, 10];
  const factor = factors.find((candidate) => candidate * power * mostLines >= top) ?? 10;
  return factor * power;
}

function decimalsOf(step: number): number {
  return [0, 1, 2, 3, 4].find((decimals) => Math.abs(step - Number(step.toFixed(decimals))) < step / 1000) ?? 5;
}

/** The axis on which all lines and the near bounds of a chart fit, with at most five steps above zero. */
export function valueScale(chart: Chart): ValueScale {
  const bounds = chart.bounds.filter((bound) => isDrawn(bound, chart)).map((bound) => bound.value);
  const largest = Math.max(highest(chart), ...bounds);
  const unit = chart.measure === 'bytes' ? byteUnit(Math.max(largest, smallestUnitBytes)) : { name: 'cores', bytes: 1 };
  const wanted = largest === 0 ? 1 : (largest / unit.bytes) * 1.04;
  const step = niceStep(wanted);
  return {
    unit: unit.name,
    divisor: unit.bytes,
    step,
    top: Number((Math.ceil(wanted / step - 1e-9) * step).toPrecision(12)),
    decimals: decimalsOf(step),
  };
}
