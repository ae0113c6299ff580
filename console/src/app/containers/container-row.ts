import type { ContainerSummary } from '@docksnap/contract';
import { kindWords } from '../machines/machines.ts';
import type { MarkKind } from '../ui/mark.ts';
import { bytesNumber, coresNumber, formatAge, formatBytes, formatShare, tableUnit, unknown } from '../units.ts';

/** A container as a row of a table: words and numbers, no decisions left. */
export interface ContainerRow {
  readonly container: ContainerSummary;
  readonly mark: MarkKind;
  readonly state: string;
  readonly cpu: string;
  readonly cpuOf: string;
  readonly memory: string;
  readonly memoryOf: string;
  readonly throttled: string;
  readonly workload: string;
  readonly upFor: string;
}

/** From this share of throttled periods on it is worth a colour. */
export const throttledWarning = 0.05;

const marks: Readonly<Record<ContainerSummary['state'], MarkKind>> = {
  running: 'ok',
  waiting: 'warning',
  terminated: 'unknown',
  unknown: 'unknown',
  gone: 'unknown',
};

const failures = new Set([
  'CrashLoopBackOff',
  'ImagePullBackOff',
  'ErrImagePull',
  'OOMKilled',
  'Error',
  'CreateContainerConfigError',
]);

/** A container's state as a shape: a failure that repeats is critical whatever the state is called. */
export function containerMark(container: Pick<ContainerSummary, 'state' | 'stateReason'>): MarkKind {
  const failed = container.state !== 'running' && failures.has(container.stateReason ?? '');
  return failed ? 'critical' : marks[container.state];
}

/** The state in words: the reason where there is one. */
export function containerState(container: Pick<ContainerSummary, 'state' | 'stateReason'>): string {
  const state = container.state.charAt(0).toUpperCase() + container.state.slice(1);
  return container.state !== 'running' && container.stateReason !== null ? container.stateReason : state;
}

/** "Deployment api", or a dash for a container that no controller owns. */
export function workloadName(workload: ContainerSummary['workload']): string {
  return workload === null ? unknown : `${kindWords(workload.kind)} ${workload.name}`;
}

/** Numbers with equal decimals: cores to a thousandth, memory in MiB. */
export function containerRow(container: ContainerSummary, nowMs: number): ContainerRow {
  const isUp = container.state === 'running' && container.startedAtMs !== null;
  return {
    container,
    mark: containerMark(container),
    state: containerState(container),
    cpu: coresNumber(container.cpuCores, 3),
    cpuOf: container.cpuLimitCores === null ? '' : `/ ${coresNumber(container.cpuLimitCores, 2)}`,
    memory: bytesNumber(container.workingSetBytes, tableUnit(), 1),
    memoryOf: container.memoryLimitBytes === null ? '' : `/ ${formatBytes(container.memoryLimitBytes)}`,
    throttled: formatShare(container.throttledRatio),
    workload: workloadName(container.workload),
    upFor: isUp ? formatAge(nowMs - (container.startedAtMs ?? nowMs)) : unknown,
  };
}
