import { queryMetrics, type QueryMetricName, type Scope, type SeriesAnswer, type Statistic } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { Problem } from '../problem/problem.ts';
import { axisOf, memberKind, metricIdsOf, orNull, valuesOf } from './metric-values.ts';
import { type Resolution, resolutionOf } from './resolution.ts';
import type { Found } from './found.ts';
import { Sources } from './sources.ts';
import type { Steps } from './steps.ts';
import type { Subject } from './subject.ts';
import { Work } from './work.ts';

/** What may be asked of a series besides its subject, its time and its metrics. */
export interface SeriesOptions {
  readonly statistic?: Statistic;
  /** Also the same so long before, in seconds. */
  readonly beforeSeconds?: number | undefined;
  /** Ends the work. */
  readonly signal?: AbortSignal;
}

/** Series of a container, pod, node, namespace, workload, of what has labels, or of the cluster. */
@Injectable()
export class SeriesService {
  constructor(private readonly sources: Sources) {}

  async answer(
    subject: Subject,
    scope: Scope,
    steps: Steps,
    names: readonly QueryMetricName[],
    { statistic = 'mean', beforeSeconds, signal }: SeriesOptions = {},
  ): Promise<SeriesAnswer> {
    const resolution = resolutionOf(steps, statistic);
    const work = new Work(signal);
    const find = async ({ parts }: Resolution): Promise<Found> =>
      this.sources.find(subject, scope, { steps: parts, metricIds: metricIdsOf(names), work });
    const found = await find(resolution);
    const metrics = metricsOf(names, subject, found, resolution, statistic);
    const answer = { ...axisOf(resolution, statistic, found), metrics };
    if (beforeSeconds === undefined) return answer;
    const earlier = resolutionOf(stepsBefore(steps, beforeSeconds), statistic);
    const before = await find(earlier).catch(nothingThen);
    const { tier, coveredShare, partial } = before;
    const metricsBefore = metricsOf(names, subject, before, earlier, statistic);
    return { ...answer, before: { beforeSeconds, tier, coveredShare, metrics: metricsBefore, partial } };
  }
}

function metricsOf(
  names: readonly QueryMetricName[],
  subject: Subject,
  { members }: Found,
  resolution: Resolution,
  statistic: Statistic,
): SeriesAnswer['metrics'] {
  const isOfNodes = subject.kind === 'node' || subject.kind === 'cluster';
  const entries = names.map((name) => {
    const metric = queryMetrics[name];
    const kind = isOfNodes ? 'node' : memberKind(metric);
    const counted = members.filter(({ track }) => track.kind === kind);
    return [name, { unit: metric.unit, values: orNull(valuesOf(metric, counted, resolution, statistic)) }] as const;
  });
  return Object.fromEntries(entries);
}

function stepsBefore(steps: Steps, seconds: number): Steps {
  const beforeMs = seconds * 1000;
  const wholeSteps = Math.max(1, Math.round(beforeMs / steps.stepMs)) * (steps.stepMs / 1000);
  if (beforeMs % steps.stepMs !== 0) {
    const message = `${seconds} s are no whole number of steps of ${steps.stepMs / 1000} s; ask for ${wholeSteps}`;
    throw new Problem(422, 'invalid_query', message, { parameter: 'beforeSeconds' });
  }
  if (beforeMs > steps.fromMs) {
    throw new Problem(422, 'invalid_query', 'nothing was before 1970', { parameter: 'beforeSeconds' });
  }
  return { ...steps, fromMs: steps.fromMs - beforeMs };
}

/** A subject that was not there before has no values then. */
function nothingThen(error: unknown): Found {
  if (error instanceof Problem && error.getStatus() === 404) {
    return { members: [], tier: 'raw', coveredShare: 0, partial: null };
  }
  throw error;
}
