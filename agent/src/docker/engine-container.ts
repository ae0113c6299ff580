import type { ContainerState, Termination, Workload } from '@docksnap/contract';
import type { JsonObject } from '../json.ts';
import { defined, integerOf, objectOf, textOf, timeOf } from '../json.ts';
import { labelsOf } from '../pods/labels.ts';

/** A container as the engine tells of it, by its last inspection. */
export interface EngineContainer {
  /** 64 hex digits. */
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly imageId: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly workload: Workload | undefined;
  readonly requests: { readonly memoryBytes?: number };
  readonly limits: { readonly cpuCores?: number; readonly memoryBytes?: number };
  readonly state: ContainerState;
  readonly stateReason: string | undefined;
  readonly restarts: number;
  /** Of its last start, unix ms; 0 when it never started. */
  readonly startedAtMs: number;
  /** How it ended; of one that runs, undefined: the engine forgets it at the next start. */
  readonly termination: Termination | undefined;
  /** It uses the machine's interfaces, or another container's: its traffic cannot be told apart. */
  readonly sharesNetwork: boolean;
}

const nameLength = 253;
const nanosPerCore = 1e9;
/** Docker's own period, where only a quota is set. */
const usualPeriodMicros = 100_000;

/** The states of the engine by those of the contract, and why. */
const states: ReadonlyMap<string, readonly [ContainerState, string | undefined]> = new Map([
  ['running', ['running', undefined]],
  ['paused', ['running', 'Paused']],
  ['restarting', ['waiting', 'Restarting']],
  ['created', ['waiting', 'Created']],
  ['removing', ['terminated', 'Removing']],
  ['exited', ['terminated', undefined]],
  ['dead', ['terminated', 'Dead']],
]);

const positive = (value: unknown): number | undefined => {
  const found = integerOf(value);
  return found !== undefined && found > 0 ? found : undefined;
};

/** The engine writes the year 1 for what has not happened. */
const momentOf = (value: unknown): number | undefined => positive(timeOf(value));

/** The compose project that a container belongs to takes the place of a workload. */
export function composeProjectOf(labels: JsonObject): Workload | undefined {
  const name = textOf(labels['com.docker.compose.project'], 512);
  return name === undefined ? undefined : { kind: 'ComposeProject', name };
}

/** Why it ended, in the words that Kubernetes has for it. */
export function endReason(oomKilled: boolean, exitCode: number): string {
  if (oomKilled) return 'OOMKilled';
  return exitCode === 0 ? 'Completed' : 'Error';
}

function terminationOf(state: JsonObject): Termination | undefined {
  const exitCode = integerOf(state['ExitCode']);
  const finishedAtMs = momentOf(state['FinishedAt']);
  if (exitCode === undefined || finishedAtMs === undefined) return undefined;
  return defined({
    reason: endReason(state['OOMKilled'] === true, exitCode),
    exitCode,
    startedAtMs: momentOf(state['StartedAt']),
    finishedAtMs,
  });
}

function cpuLimit({ NanoCpus, CpuQuota, CpuPeriod }: JsonObject): number | undefined {
  const [nanos, quota] = [positive(NanoCpus), positive(CpuQuota)];
  if (nanos !== undefined) return nanos / nanosPerCore;
  return quota === undefined ? undefined : quota / (positive(CpuPeriod) ?? usualPeriodMicros);
}

const namePattern = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;

/** Names are told with a slash before them; one that could not be kept whole is none. */
function nameOf(value: unknown): string | undefined {
  const name = (textOf(value) ?? '').replace(/^\//, '');
  return namePattern.test(name) && name.length <= nameLength ? name : undefined;
}

/** Its state, why it is in it, and how it ended if it does not run. */
function stateOf(state: JsonObject): Pick<EngineContainer, 'state' | 'stateReason' | 'termination' | 'startedAtMs'> {
  const [known, why] = states.get(textOf(state['Status']) ?? '') ?? (['unknown', undefined] as const);
  const termination = known === 'terminated' || known === 'waiting' ? terminationOf(state) : undefined;
  const stateReason = why ?? (known === 'terminated' ? termination?.reason : undefined);
  return { state: known, stateReason, termination, startedAtMs: momentOf(state['StartedAt']) ?? 0 };
}

/** What was asked for it and what bounds it. */
function resourcesOf(bounds: JsonObject): Pick<EngineContainer, 'requests' | 'limits' | 'sharesNetwork'> {
  return {
    requests: defined({ memoryBytes: positive(bounds['MemoryReservation']) }),
    limits: defined({ cpuCores: cpuLimit(bounds), memoryBytes: positive(bounds['Memory']) }),
    sharesNetwork: /^(host|container:)/.test(textOf(bounds['NetworkMode']) ?? ''),
  };
}

/** What `GET /containers/{id}/json` tells; undefined when it has no id or name that could be kept. */
export function engineContainerOf(inspected: unknown): EngineContainer | undefined {
  const { Id, Name, Image, RestartCount, State, Config, HostConfig } = objectOf(inspected);
  const [id, name, config] = [textOf(Id, 64), nameOf(Name), objectOf(Config)];
  if (id === undefined || name === undefined) return undefined;
  return {
    id,
    name,
    image: textOf(config['Image']) ?? '',
    imageId: textOf(Image),
    labels: labelsOf(config['Labels']),
    workload: composeProjectOf(objectOf(config['Labels'])),
    ...resourcesOf(objectOf(HostConfig)),
    ...stateOf(objectOf(State)),
    restarts: positive(RestartCount) ?? 0,
  };
}
