import type { ChartBound } from '../chart.ts';
import { eventLane, type LaneMark } from '../event-lane.ts';
import { findGaps } from '../gaps.ts';
import { isDrawn } from '../value-scale.ts';
import type { Frame } from './frame.ts';

const dash = { limit: [5, 3], request: [2, 3] };

function boundLine(bound: ChartBound, { scale, theme }: Frame) {
  return {
    yAxis: bound.value / scale.divisor,
    lineStyle: {
      color: bound.kind === 'limit' ? theme.limitLine : theme.requestLine,
      type: dash[bound.kind],
      width: 1.2,
    },
  };
}

/** A hairline with its mark on top; in the strip below only the hairline. */
function eventLine(mark: LaneMark, { theme }: Frame, labelled: boolean) {
  const color = theme.events[mark.kind];
  const label = { show: true, position: 'end', distance: 4, align: 'left', offset: [-5, 0] };
  return {
    xAxis: mark.atMs,
    lineStyle: { color, type: 'solid', width: 1, opacity: 0.7 },
    ...(labelled
      ? { label: { ...label, formatter: mark.text, color, fontSize: 11, fontFamily: theme.font, rotate: 0 } }
      : {}),
  };
}

/** Stretches without samples, hatched. */
export function gapAreas({ chart, theme }: Frame) {
  return {
    silent: true,
    itemStyle: { color: theme.hatch === null ? theme.gapFill : { image: theme.hatch, repeat: 'repeat' } },
    data: findGaps(chart).map((gap) => [{ xAxis: gap.fromMs }, { xAxis: gap.toMs }]),
  };
}

/** The events as hairlines through a grid. */
export function eventLines(frame: Frame, labelled: boolean) {
  return eventLane(frame.chart.events, frame.area).map((mark) => eventLine(mark, frame, labelled));
}

/** A series without points that carries gaps, bounds and events, so that they stand whichever lines are hidden. */
export function furniture(frame: Frame) {
  const bounds = frame.chart.bounds.filter((bound) => isDrawn(bound, frame.chart));
  return {
    id: 'furniture',
    type: 'line',
    data: [],
    silent: true,
    z: 20,
    markArea: gapAreas(frame),
    markLine: {
      silent: true,
      symbol: 'none',
      label: { show: false },
      data: [...bounds.map((bound) => boundLine(bound, frame)), ...eventLines(frame, true)],
    },
  };
}
