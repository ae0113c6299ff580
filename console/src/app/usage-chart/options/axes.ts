import { formatDay, formatMinute } from '../../units.ts';
import { isMidnight, timeTicks } from '../time-ticks.ts';
import type { Frame } from './frame.ts';

const fontSize = 11;
const dayMs = 86_400_000;

/** The time axis of a grid; ranges of several days name days, each midnight is bold. */
export function timeAxis({ area, theme }: Frame, gridIndex: number, labelled: boolean) {
  const ticks = timeTicks(area.fromMs, area.toMs, area.width);
  const ofDays = area.toMs - area.fromMs > 2 * dayMs && ticks.every(isMidnight);
  const words = (ms: number) => (isMidnight(ms) ? `{day|${formatDay(ms)}}` : formatMinute(ms));
  return {
    id: `time-${gridIndex}`,
    gridIndex,
    type: 'time',
    min: area.fromMs,
    max: area.toMs,
    splitLine: { show: false },
    axisLine: { lineStyle: { color: theme.axis }, onZero: false },
    axisTick: { show: false },
    axisLabel: {
      show: labelled,
      customValues: ticks,
      color: theme.axisText,
      fontSize,
      fontFamily: theme.font,
      hideOverlap: true,
      margin: 9,
      formatter: ofDays ? formatDay : words,
      rich: { day: { color: theme.dayText, fontWeight: 600, fontSize, fontFamily: theme.font } },
    },
  };
}

interface ValueTicks {
  readonly gridIndex: number;
  readonly top: number;
  readonly step: number;
  readonly formatter: (value: number) => string;
}

/** A value axis from zero. */
export function valueAxis({ theme }: Frame, { gridIndex, top, step, formatter }: ValueTicks) {
  return {
    id: `value-${gridIndex}`,
    gridIndex,
    type: 'value',
    min: 0,
    max: top,
    interval: step,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: theme.grid } },
    axisLabel: { color: theme.axisText, fontSize, fontFamily: theme.font, margin: 10, formatter },
  };
}
