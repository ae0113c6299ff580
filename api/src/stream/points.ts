import { limits, type SeriesAnswer } from '@docksnap/contract';
import type { Steps } from '../series/steps.ts';

/** A step may still change for this long after it is over: samples are up to 45 s old, and pushed after that. */
export const settledMs = 120_000;

/**
 * The steps that a reader must be told of: those over by now that were not settled when the reader was last told, at
 * `toldMs` (its newest timestamp), as far as one answer may reach.
 */
export function dueSteps(stepMs: number, nowMs: number, toldMs: number): Steps {
  const toMs = Math.floor(nowMs / stepMs) * stepMs;
  const sinceMs = Math.floor(Math.min(toldMs, toMs) / stepMs) * stepMs - Math.max(settledMs, stepMs);
  const fromMs = Math.max(0, Math.floor(sinceMs / stepMs) * stepMs, toMs - limits.pointsPerSeries * stepMs);
  return { fromMs, stepMs, count: (toMs - fromMs) / stepMs };
}

/** What a reader was told of each step, as far as it is not settled. */
export class Told {
  private told = new Map<number, string>();

  /** The part of an answer that is news: from the first step that changed to the last; null when none did. */
  news(answer: SeriesAnswer): SeriesAnswer | null {
    const now = new Map(answer.timestamps.map((timestamp, index) => [timestamp, valuesAt(answer, index)]));
    const changed = answer.timestamps.map((timestamp) => this.told.get(timestamp) !== now.get(timestamp));
    this.told = now;
    const first = changed.indexOf(true);
    const end = changed.lastIndexOf(true) + 1;
    return first < 0 ? null : cut(answer, first, end);
  }
}

function valuesAt(answer: SeriesAnswer, index: number): string {
  return JSON.stringify(Object.values(answer.metrics).map(({ values }) => values[index]));
}

function cut(answer: SeriesAnswer, first: number, end: number): SeriesAnswer {
  const stepMs = answer.stepSeconds * 1000;
  return {
    ...answer,
    fromMs: answer.fromMs + first * stepMs,
    toMs: answer.fromMs + end * stepMs,
    timestamps: answer.timestamps.slice(first, end),
    metrics: Object.fromEntries(
      Object.entries(answer.metrics).map(([name, { unit, values }]) => [
        name,
        { unit, values: values.slice(first, end) },
      ]),
    ),
  };
}
