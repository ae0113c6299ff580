import type { Scope, WorkloadList, WorkloadSummary } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { type LiveContainer, LiveContainers } from '../containers/live-containers.ts';
import { belongingOf } from './workload-of.ts';

@Injectable()
export class WorkloadsService {
  constructor(private readonly containers: LiveContainers) {}

  /** What runs now, by namespace, kind and name. */
  async list(scope: Scope): Promise<WorkloadList> {
    const present = (await this.containers.all(scope)).filter(({ state }) => state !== 'gone');
    const groups = Map.groupBy(present, ({ description }) => {
      const { namespace, workload } = belongingOf(description) ?? { namespace: '', workload: { kind: '', name: '' } };
      return `${namespace}/${workload.kind}/${workload.name}`;
    });
    const ascending = [...groups].sort(([one], [other]) => (one < other ? -1 : 1));
    return { items: ascending.map(([, containers]) => summary(containers)).filter((item) => item !== undefined) };
  }
}

function summary(containers: readonly LiveContainer[]): WorkloadSummary | undefined {
  const belonging = belongingOf(containers[0]?.description);
  if (belonging === undefined) return undefined;
  const { namespace, workload } = belonging;
  const descriptions = containers.map(({ description }) => description);
  return {
    namespace,
    kind: workload.kind,
    name: workload.name,
    pods: new Set(descriptions.map(({ podUid }) => podUid)).size,
    containers: containers.length,
    restarts: descriptions.reduce((sum, { restarts }) => sum + restarts, 0),
    cpuCores: sumOfKnown(containers.map(({ latest }) => latest.cpuCores)),
    workingSetBytes: sumOfKnown(containers.map(({ latest }) => latest.workingSetBytes)),
    cpuRequestCores: sumOfKnown(descriptions.map(({ requests }) => requests.cpuCores)),
    cpuLimitCores: sumOfAll(descriptions.map(({ limits }) => limits.cpuCores)),
    memoryRequestBytes: sumOfKnown(descriptions.map(({ requests }) => requests.memoryBytes)),
    memoryLimitBytes: sumOfAll(descriptions.map(({ limits }) => limits.memoryBytes)),
  };
}

/** The sum of those that have a value; null when none has. */
function sumOfKnown(values: readonly (number | null | undefined)[]): number | null {
  const known = values.filter((value) => value !== null && value !== undefined);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

/** A sum of limits: null as soon as one is without, for then nothing limits them together. */
function sumOfAll(values: readonly (number | undefined)[]): number | null {
  return values.includes(undefined) ? null : sumOfKnown(values);
}
