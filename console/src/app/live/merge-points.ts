import type { SeriesAnswer } from '@docksnap/contract';
import type { RangeWindow } from '../time/time-range.ts';

type Points = ReadonlyMap<number, number | null>;

function pointsOf(series: SeriesAnswer, metric: string): Points {
  const values = series.metrics[metric]?.values ?? [];
  return new Map(series.timestamps.map((timestamp, index) => [timestamp, values[index] ?? null]));
}

/** A series with newer points laid over it: a step that changed is replaced, a new one appended. */
export function mergePoints(series: SeriesAnswer, points: SeriesAnswer): SeriesAnswer {
  if (points.stepSeconds !== series.stepSeconds) return series;
  const timestamps = [...new Set([...series.timestamps, ...points.timestamps])].sort((a, b) => a - b);
  const metrics = Object.fromEntries(
    Object.entries(series.metrics).map(([name, { unit }]) => {
      const merged = new Map([...pointsOf(series, name), ...(name in points.metrics ? pointsOf(points, name) : [])]);
      return [name, { unit, values: timestamps.map((timestamp) => merged.get(timestamp) ?? null) }];
    }),
  );
  return { ...series, timestamps, metrics, partial: points.partial };
}

/**
 * A series on every step of a window, whatever the answer holds: what is missing is null, what lies outside is left
 * out. So a window that moves on while nothing comes shows that nothing comes.
 */
export function alignTo(series: SeriesAnswer, window: RangeWindow): SeriesAnswer {
  const stepMs = series.stepSeconds * 1000;
  const first = Math.floor(window.fromMs / stepMs) * stepMs + stepMs;
  const count = Math.max(0, Math.floor((window.toMs - first) / stepMs) + 1);
  const timestamps = Array.from({ length: count }, (_, index) => first + index * stepMs);
  const metrics = Object.fromEntries(
    Object.entries(series.metrics).map(([name, { unit }]) => {
      const points = pointsOf(series, name);
      return [name, { unit, values: timestamps.map((timestamp) => points.get(timestamp) ?? null) }];
    }),
  );
  return { ...series, fromMs: window.fromMs, toMs: window.toMs, timestamps, metrics };
}
