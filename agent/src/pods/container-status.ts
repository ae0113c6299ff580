import type { ContainerState, Termination } from '@docksnap/contract';
import type { JsonObject } from '../json.ts';
import { defined, integerOf, objectOf, textOf, timeOf } from '../json.ts';

/** One start of a container. */
export interface Incarnation {
  /** The runtime's id without its scheme; empty before there is one. */
  readonly runtimeId: string;
  /** Whole seconds as unix ms, for the kubelet tells no more; 0 when not known. */
  readonly startedAtMs: number;
}

export interface ContainerStatus {
  readonly current: Incarnation;
  readonly previous: Incarnation | undefined;
  readonly state: ContainerState;
  readonly stateReason: string | undefined;
  readonly restarts: number;
  readonly lastTermination: Termination | undefined;
  readonly imageId: string | undefined;
}

function runtimeIdOf(value: unknown): string {
  return (textOf(value) ?? '').replace(/^[^/]*:\/\//, '');
}

/** The one state that is set, by the API's names. */
function stateOf(status: JsonObject): { name: ContainerState; detail: JsonObject } {
  const state = objectOf(status['state']);
  for (const name of ['running', 'waiting', 'terminated'] as const) {
    if (name in state) return { name, detail: objectOf(state[name]) };
  }
  return { name: 'unknown', detail: {} };
}

function terminationOf(terminated: JsonObject): Termination | undefined {
  const exitCode = integerOf(terminated['exitCode']);
  if (exitCode === undefined) return undefined;
  return defined({
    reason: textOf(terminated['reason']) ?? '',
    exitCode,
    signal: integerOf(terminated['signal']),
    startedAtMs: timeOf(terminated['startedAt']),
    finishedAtMs: timeOf(terminated['finishedAt']),
  });
}

function incarnationOf(detail: JsonObject): Incarnation {
  return { runtimeId: runtimeIdOf(detail['containerID']), startedAtMs: timeOf(detail['startedAt']) ?? 0 };
}

/**
 * What a pod's status tells of one container. While a container waits for its next start, its current incarnation is
 * the one that ended last: its counters are still on the kubelet's pages.
 */
export function containerStatusOf(status: JsonObject): ContainerStatus {
  const { name, detail } = stateOf(status);
  const lastTerminated = objectOf(objectOf(status['lastState'])['terminated']);
  const last = incarnationOf(lastTerminated);
  const runtimeId = runtimeIdOf(status['containerID']);
  const ended = runtimeId !== '' && runtimeId === last.runtimeId;
  const current = ended ? last : { runtimeId, startedAtMs: timeOf(detail['startedAt']) ?? 0 };
  return {
    current,
    previous: ended || last.runtimeId === '' ? undefined : last,
    state: name,
    stateReason: textOf(detail['reason']),
    restarts: Math.max(0, integerOf(status['restartCount']) ?? 0),
    lastTermination: terminationOf(name === 'terminated' ? detail : lastTerminated),
    imageId: textOf(status['imageID']),
  };
}
