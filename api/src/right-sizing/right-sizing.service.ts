import {
  type ContainerDescription,
  queryMetrics,
  type RightSizingAnswer,
  type RightSizingQuery,
  type Scope,
  type SizedContainer,
} from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { LiveContainers } from '../containers/live-containers.ts';
import { metricIdsOf } from '../series/metric-values.ts';
import type { Member } from '../series/member.ts';
import { Sources } from '../series/sources.ts';
import { extremes, stepValues } from '../series/step-sums.ts';
import type { Steps } from '../series/steps.ts';
import { isMember, subjectOf } from '../series/subject.ts';
import type { Track } from '../series/track.ts';
import { Work } from '../series/work.ts';
import { belongingOf } from '../workloads/workload-of.ts';
import { advise, headroom } from './advice.ts';
import { evidenceOf, type ReplicaUse } from './evidence.ts';
import { patchOf } from './patch.ts';

const hourMs = 3_600_000;
const metrics = ['cpuCores', 'workingSetBytes', 'throttledRatio'] as const;
/** Steps that sums have, finest first: the finest is taken that makes no more values than this. */
const stepsMs = [300_000, 900_000, hourMs] as const;
const mostValues = 2_000_000;
const valuesPerStep = 5;

/** A container of a workload's template, with all of its replicas that run now. */
interface Template {
  readonly namespace: string;
  readonly kind: string;
  readonly workload: string;
  readonly container: string;
  readonly replicas: readonly ContainerDescription[];
}

/** Compares what containers ask for with what they used. */
@Injectable()
export class RightSizingService {
  constructor(
    private readonly containers: LiveContainers,
    private readonly sources: Sources,
    private readonly clock: Clock,
  ) {}

  async answer(scope: Scope, query: RightSizingQuery, signal: AbortSignal): Promise<RightSizingAnswer> {
    const subject = subjectOf(query) ?? ({ kind: 'cluster' } as const);
    const templates = await this.templates(scope, query);
    const replicas = [...templates.values()].reduce((sum, template) => sum + template.replicas.length, 0);
    const steps = this.steps(query.hours, replicas);
    const asked = { steps, metricIds: metricIdsOf(metrics), work: new Work(signal) };
    const found = templates.size === 0 ? undefined : await this.sources.find(subject, scope, asked, 'container');
    const members = Map.groupBy(found?.members ?? [], keyOfMember);
    const items = [...templates]
      .map(([key, template]) => sized(template, members.get(key) ?? [], steps))
      .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
    return {
      fromMs: steps.fromMs,
      toMs: steps.fromMs + steps.count * steps.stepMs,
      stepSeconds: steps.stepMs / 1000,
      headroom,
      items,
      partial: found?.partial ?? null,
    };
  }

  private async templates(scope: Scope, query: RightSizingQuery): Promise<ReadonlyMap<string, Template>> {
    const subject = subjectOf(query);
    const templates = new Map<string, Template>();
    for (const { description, state } of await this.containers.all(scope)) {
      const belonging = belongingOf(description);
      if (belonging === undefined || state === 'gone') continue;
      if (subject !== undefined && 'namespace' in subject && !isMember(belonging, subject)) continue;
      const { namespace, workload } = belonging;
      const template = { namespace, kind: workload.kind, workload: workload.name, container: description.name };
      const key = keyOf(template);
      const replicas = [...(templates.get(key)?.replicas ?? []), description];
      templates.set(key, { ...template, replicas });
    }
    return templates;
  }

  private steps(hours: number, replicas: number): Steps {
    const fits = (stepMs: number) => ((hours * hourMs) / stepMs) * replicas * valuesPerStep <= mostValues;
    const stepMs = stepsMs.find(fits) ?? hourMs;
    const toMs = Math.floor(this.clock.nowMs() / stepMs) * stepMs;
    return { fromMs: Math.max(0, toMs - hours * hourMs), stepMs, count: (hours * hourMs) / stepMs };
  }
}

function keyOf(template: Pick<Template, 'namespace' | 'kind' | 'workload' | 'container'>): string {
  return [template.namespace, template.kind, template.workload, template.container].join('/');
}

/** Pods, whose network is theirs alone, and what belongs to nobody have no template. */
function keyOfMember({ track, belonging, name }: Member): string {
  if (belonging === undefined || track.kind !== 'container') return '';
  const { namespace, workload } = belonging;
  return keyOf({ namespace, kind: workload.kind, workload: workload.name, container: name });
}

function sized({ replicas, ...template }: Template, members: readonly Member[], steps: Steps): SizedContainer {
  const evidence = evidenceOf(
    members.map(({ track }) => useOf(track, steps.count)),
    steps.stepMs / hourMs,
  );
  // Replicas of one template ask for the same, but for a moment while they are replaced.
  const newest = replicas.at(-1);
  const set = {
    cpuRequestCores: newest?.requests.cpuCores ?? null,
    cpuLimitCores: newest?.limits.cpuCores ?? null,
    memoryRequestBytes: newest?.requests.memoryBytes ?? null,
    memoryLimitBytes: newest?.limits.memoryBytes ?? null,
    wasOomKilled: replicas.some(({ lastTermination }) => {
      return lastTermination?.reason === 'OOMKilled' && (lastTermination.finishedAtMs ?? 0) > steps.fromMs;
    }),
  };
  const { hints, ...advice } = advise(set, evidence);
  return {
    ...template,
    replicas: replicas.length,
    watchedHours: evidence.watchedHours,
    cpu: {
      requestCores: set.cpuRequestCores,
      limitCores: set.cpuLimitCores,
      ...evidence.cpu,
      throttledRatio: evidence.throttledRatio,
    },
    memory: { requestBytes: set.memoryRequestBytes, limitBytes: set.memoryLimitBytes, ...evidence.memory },
    hints: [...hints],
    ...advice,
    patch: patchOf(template, hints),
  };
}

function useOf(track: Track, count: number): ReplicaUse {
  const { cpuCores, workingSetBytes, throttledRatio } = queryMetrics;
  const unknown = new Float64Array(count).fill(NaN);
  return {
    cpuCores: stepValues(cpuCores.derivation, [track], count),
    cpuPeakCores: extremes(cpuCores.derivation, track, count, 'max') ?? unknown,
    workingSetBytes: stepValues(workingSetBytes.derivation, [track], count),
    workingSetPeakBytes: extremes(workingSetBytes.derivation, track, count, 'max') ?? unknown,
    throttledRatio: stepValues(throttledRatio.derivation, [track], count),
  };
}
