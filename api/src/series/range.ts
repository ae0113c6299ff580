import { limits } from '@docksnap/contract';
import { Problem } from '../problem/problem.ts';
import type { Steps } from './steps.ts';

const defaultMs = 10 * 60_000;

interface Asked {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly stepSeconds: number;
}

/**
 * The whole steps that a query asks for: from and to are taken down to a step's edge. Without `to`, the last step
 * that is over; without `from`, ten minutes before, and one step at least. Throws 422.
 */
export function stepsOf({ from, to, stepSeconds }: Asked, nowMs: number): Steps {
  const stepMs = stepSeconds * 1000;
  const toMs = floor(to ?? nowMs, stepMs);
  const fromMs = floor(from ?? Math.max(0, toMs - Math.max(defaultMs, stepMs)), stepMs);
  const count = (toMs - fromMs) / stepMs;
  if (count < 1) throw nothing(from, toMs, stepSeconds);
  if (count > limits.pointsPerSeries) throw tooMany(count, stepSeconds);
  return { fromMs, stepMs, count };
}

function floor(timeMs: number, stepMs: number): number {
  return Math.floor(timeMs / stepMs) * stepMs;
}

function nothing(from: number | undefined, toMs: number, stepSeconds: number): Problem {
  const message = `from ${from ?? 0} to ${toMs} holds no whole step of ${stepSeconds} s; ask for an earlier from or a smaller stepSeconds`;
  return new Problem(422, 'invalid_query', message, { parameter: 'from' });
}

function tooMany(points: number, stepSeconds: number): Problem {
  const enough = Math.ceil((points * stepSeconds) / limits.pointsPerSeries);
  const message =
    `steps of ${stepSeconds} s make ${points} points, more than ${limits.pointsPerSeries}; ` +
    `ask for stepSeconds=${enough} or more, or for a shorter range`;
  return new Problem(422, 'invalid_query', message, { parameter: 'stepSeconds' });
}
