import {
  metricByName,
  type QueryMetric,
  queryMetrics,
  type QueryMetricName,
  type Scope,
  type SeriesAnswer,
} from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { Sources } from './sources.ts';
import { stepValues } from './step-sums.ts';
import { stepEnds, type Steps } from './steps.ts';
import type { Subject } from './subject.ts';
import type { Track } from './track.ts';

/** Series of a container, node, namespace or workload. */
@Injectable()
export class SeriesService {
  constructor(private readonly sources: Sources) {}

  async answer(subject: Subject, scope: Scope, steps: Steps, names: readonly QueryMetricName[]): Promise<SeriesAnswer> {
    const { tracks, partial } = await this.sources.find(subject, scope, steps, metricIdsOf(names));
    return {
      fromMs: steps.fromMs,
      toMs: steps.fromMs + steps.count * steps.stepMs,
      stepSeconds: steps.stepMs / 1000,
      timestamps: stepEnds(steps),
      metrics: Object.fromEntries(
        names.map((name) => [name, seriesOf(queryMetrics[name], subject, tracks, steps.count)]),
      ),
      partial,
    };
  }
}

function seriesOf(metric: QueryMetric, subject: Subject, tracks: readonly Track[], count: number) {
  const kind = entityKind(metric, subject);
  const values = stepValues(
    metric.derivation,
    tracks.filter((track) => track.kind === kind),
    count,
  );
  return { unit: metric.unit, values };
}

/** Where a metric is counted: network per pod, all else per container; a node has its own. */
function entityKind({ derivation }: QueryMetric, subject: Subject): Track['kind'] {
  if (subject.kind === 'node') return 'node';
  return metricByName(derivation.from[0])?.group === 'network' ? 'pod' : 'container';
}

function metricIdsOf(names: readonly QueryMetricName[]): ReadonlySet<number> {
  const stored = names.flatMap((name): readonly string[] => queryMetrics[name].derivation.from);
  return new Set(stored.map((name) => metricByName(name)?.id).filter((id) => id !== undefined));
}
