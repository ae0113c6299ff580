import { limits } from '@docksnap/contract';
import { Problem } from '../problem/problem.ts';
import type { Steps } from './steps.ts';

const defaultMs = 10 * 60_000;
/** Steps that are chosen: whole parts of an hour or a day, so that they can be read from sums. */
const chosenSeconds = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 14_400, 21_600, 43_200, 86_400,
];
/** Without `points`: as many steps as a wide chart has pixels, none below a minute. */
const defaultPoints = 1500;
const defaultSeconds = 60;
/** With `points`: containers are rarely looked at more often than that, and a step without a sample says nothing. */
const finestSeconds = 10;

interface Asked {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly stepSeconds?: number | undefined;
  /** At most so many steps, when none is asked for. */
  readonly points?: number | undefined;
}

/**
 * The whole steps that a query asks for: from and to are taken down to a step's edge. Without `to`, the last step
 * that is over; without `from`, ten minutes before, and one step at least. Throws 422.
 */
export function stepsOf(asked: Asked, nowMs: number): Steps {
  const { from, to } = asked;
  const stepSeconds = asked.stepSeconds ?? chosenStep(asked, nowMs);
  const stepMs = stepSeconds * 1000;
  const toMs = floor(to ?? nowMs, stepMs);
  const fromMs = floor(from ?? Math.max(0, toMs - Math.max(defaultMs, stepMs)), stepMs);
  const count = (toMs - fromMs) / stepMs;
  if (count < 1) throw nothing(from, toMs, stepSeconds);
  if (count > limits.pointsPerSeries) throw tooMany(count, stepSeconds);
  return { fromMs, stepMs, count };
}

/** The smallest step that makes no more points than asked for. */
function chosenStep({ from, to, points }: Asked, nowMs: number): number {
  const toMs = to ?? nowMs;
  const seconds = (toMs - (from ?? toMs - defaultMs)) / 1000;
  const least = Math.max(seconds / (points ?? defaultPoints), points === undefined ? defaultSeconds : finestSeconds);
  return chosenSeconds.find((step) => step >= least) ?? limits.stepSeconds;
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
    (enough > limits.stepSeconds
      ? 'ask for a shorter range'
      : `ask for stepSeconds=${enough} or more, or for a shorter range`);
  return new Problem(422, 'invalid_query', message, { parameter: 'stepSeconds' });
}
