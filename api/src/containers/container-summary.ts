import type { ContainerDetail, ContainerSummary } from '@docksnap/contract';
import { containerId } from './container-id.ts';
import type { LiveContainer } from './live-containers.ts';

/** A container as lists show it. */
export function containerSummary({ record, entity, description, ...now }: LiveContainer): ContainerSummary {
  const { requests, limits } = description;
  return {
    id: containerId(record.id, entity.key),
    nodeId: record.id,
    node: record.name,
    namespace: description.namespace,
    pod: description.pod,
    podUid: description.podUid,
    name: description.name,
    workload: description.workload ?? null,
    image: description.image,
    state: now.state,
    stateReason: now.stateReason,
    restarts: description.restarts,
    cpuCores: now.latest.cpuCores,
    workingSetBytes: now.latest.workingSetBytes,
    throttledRatio: now.latest.throttledRatio,
    cpuRequestCores: requests.cpuCores ?? null,
    cpuLimitCores: limits.cpuCores ?? null,
    memoryRequestBytes: requests.memoryBytes ?? null,
    memoryLimitBytes: limits.memoryBytes ?? null,
    startedAtMs: startedAtMs(entity.incarnations[0]),
    lastSampleMs: Math.floor(now.latest.lastSampleMs ?? entity.lastSeenMs),
  };
}

/** A container with all that is known of it. */
export function containerDetail(container: LiveContainer): ContainerDetail {
  const { entity, description } = container;
  return {
    ...containerSummary(container),
    imageId: description.imageId ?? null,
    qosClass: description.qosClass ?? null,
    labels: description.labels,
    lastTermination: description.lastTermination ?? null,
    incarnations: entity.incarnations.map((incarnation) => ({
      runtimeId: incarnation.runtimeId,
      startedAtMs: startedAtMs(incarnation),
      lastSampleMs: incarnation.lastSeenMs,
    })),
  };
}

/** 0 stands for not known. */
function startedAtMs(incarnation: { readonly startedAtMs: number } | undefined): number | null {
  return incarnation === undefined || incarnation.startedAtMs === 0 ? null : incarnation.startedAtMs;
}
