import type { NamespaceList, Scope, WorkloadList, WorkloadQuery, WorkloadSummary } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { containerFilter } from '../containers/container-filter.ts';
import { type LiveContainer, LiveContainers } from '../containers/live-containers.ts';
import { namedPage } from './named-page.ts';
import { belongingOf } from './workload-of.ts';

@Injectable()
export class WorkloadsService {
  constructor(private readonly containers: LiveContainers) {}

  /** What runs now, by namespace, kind and name. */
  async list(scope: Scope, query: WorkloadQuery): Promise<WorkloadList> {
    const groups = Map.groupBy(await this.present(scope, query), ({ description }) => {
      const { namespace, workload } = belongingOf(description) ?? { namespace: '', workload: { kind: '', name: '' } };
      return `${namespace}/${workload.kind}/${workload.name}`;
    });
    const { rows, next } = namedPage(groups, query);
    return { items: rows.map((containers) => summary(containers)).filter((item) => item !== undefined), ...next };
  }

  /** Namespaces in which something runs now, by name. */
  async namespaces(scope: Scope, query: WorkloadQuery): Promise<NamespaceList> {
    const groups = Map.groupBy(await this.present(scope, query), ({ description }) => description.namespace);
    const { rows, next } = namedPage(groups, query);
    const items = rows.map((containers) => {
      const namespace = containers[0]?.description.namespace ?? '';
      const owners = containers.map(({ description }) => belongingOf(description)?.workload);
      const workloads = new Set(owners.map((owner) => `${owner?.kind ?? ''}/${owner?.name ?? ''}`)).size;
      return { namespace, workloads, ...sumsOf(containers) };
    });
    return { items, ...next };
  }

  private async present(scope: Scope, query: WorkloadQuery): Promise<LiveContainer[]> {
    const { node, namespace, q, image, labels } = query;
    return (await this.containers.all(scope)).filter(containerFilter({ node, namespace, q, image, labels }));
  }
}

function summary(containers: readonly LiveContainer[]): WorkloadSummary | undefined {
  const belonging = belongingOf(containers[0]?.description);
  if (belonging === undefined) return undefined;
  const { namespace, workload } = belonging;
  return { namespace, kind: workload.kind, name: workload.name, ...sumsOf(containers) };
}

function sumsOf(containers: readonly LiveContainer[]) {
  const descriptions = containers.map(({ description }) => description);
  return {
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
