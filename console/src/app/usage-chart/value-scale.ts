import { byteUnit, rateUnit } from '../units.ts';
import { highestValue, type Chart, type ChartBound, type Measure } from './chart.ts';

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
/** What an axis of rates says while there is none. */
const usualRate = 1000;

/** Whether a bound is near enough to the lines to be drawn; a chart without values shows all its bounds. */
export function isDrawn(bound: ChartBound, chart: Chart): boolean {
  const top = highestValue(chart);
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

interface DisplayUnit {
  readonly name: string;
  readonly divisor: number;
}

function displayUnit(measure: Measure, largest: number): DisplayUnit {
  switch (measure) {
    case 'cores':
      return { name: 'cores', divisor: 1 };
    case 'bytes': {
      const unit = byteUnit(Math.max(largest, smallestUnitBytes));
      return { name: unit.name, divisor: unit.bytes };
    }
    case 'bytesPerSecond':
      return rateUnit(largest === 0 ? usualRate : largest);
    case 'share':
      return { name: '%', divisor: 0.01 };
  }
}

/** The axis on which all lines and the near bounds of a chart fit, with at most five steps above zero. */
export function valueScale(chart: Chart): ValueScale {
  const bounds = chart.bounds.filter((bound) => isDrawn(bound, chart)).map((bound) => bound.value);
  const largest = Math.max(highestValue(chart), ...bounds);
  const unit = displayUnit(chart.measure, largest);
  const wanted = largest === 0 ? 1 : (largest / unit.divisor) * 1.04;
  const step = niceStep(wanted);
  return {
    unit: unit.name,
    divisor: unit.divisor,
    step,
    top: Number((Math.ceil(wanted / step - 1e-9) * step).toPrecision(12)),
    decimals: decimalsOf(step),
  };
}
