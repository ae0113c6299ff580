import type { ContainerDetail, Termination } from '@docksnap/contract';
import { originWords } from '../machines/machines.ts';
import { formatAge, formatBytes, formatCores, formatMoment } from '../units.ts';

export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly mono?: boolean;
  /** Takes the room of two. */
  readonly wide?: boolean;
}

const none = 'none';

function pair(request: string, limit: string): string {
  return request === none && limit === none ? 'neither set' : `${request}, ${limit}`;
}

const cores = (value: number | null) => (value === null ? none : formatCores(value));
const bytes = (value: number | null) => (value === null ? none : formatBytes(value));

/** "OOMKilled, exit code 137, 12 min ago". */
export function terminationWords(termination: Termination | null, nowMs: number): string {
  if (termination === null) return none;
  const signal = termination.signal === undefined || termination.signal === 0 ? [] : [`signal ${termination.signal}`];
  const when = termination.finishedAtMs === undefined ? [] : [`${formatAge(nowMs - termination.finishedAtMs)} ago`];
  return [termination.reason, `exit code ${termination.exitCode}`, ...signal, ...when].join(', ');
}

/** What a container is, beside its charts. */
export function containerFacts(container: ContainerDetail, nowMs: number): readonly Fact[] {
  return [
    { label: 'Image', value: container.image, mono: true, wide: true },
    { label: 'CPU request, limit', value: pair(cores(container.cpuRequestCores), cores(container.cpuLimitCores)) },
    {
      label: 'Memory request, limit',
      value: pair(bytes(container.memoryRequestBytes), bytes(container.memoryLimitBytes)),
    },
    { label: 'Restarts', value: String(container.restarts) },
    { label: 'Last termination', value: terminationWords(container.lastTermination, nowMs) },
    {
      label: 'Started',
      value: container.startedAtMs === null ? 'not known' : formatMoment(container.startedAtMs, nowMs),
    },
    // A class of service is Kubernetes' own.
    ...(originWords(container.namespace) === null
      ? [{ label: 'QoS class', value: container.qosClass ?? 'not known' }]
      : []),
  ];
}
