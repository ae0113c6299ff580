import type { ContainerDescription, Termination } from '@docksnap/contract';
import type { ContainerFacts, CpuMinute } from '../judgement.ts';
import type { Point } from '../trend.ts';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const nowMs = Date.UTC(2026, 10, 24, 12);
export const mebi = 1024 * 1024;

export function aDescription(differences: Partial<ContainerDescription> = {}): ContainerDescription {
  return {
    ...{ kind: 'container', namespace: 'shop', pod: 'web-1', podUid: 'u', name: 'web', image: 'i', labels: {} },
    ...{ requests: {}, limits: { memoryBytes: 1024 * mebi, cpuCores: 0.5 }, state: 'running', restarts: 0 },
    ...differences,
  };
}

/** A container of a day ago of which nothing is to be said. */
export function someFacts(differences: Partial<ContainerFacts> = {}): ContainerFacts {
  return {
    nowMs,
    description: aDescription(),
    starts: [nowMs - 24 * hourMs],
    ends: [],
    recentRestarts: 0,
    memory: [],
    cpu: [],
    past: undefined,
    ...differences,
  };
}

/** Memory in MiB as it was so many minutes ago, from the oldest to now. */
export function memoryOver(minutes: number, stepMinutes: number, mebiAgo: (minutesAgo: number) => number): Point[] {
  const count = Math.floor(minutes / stepMinutes);
  return Array.from({ length: count + 1 }, (_, index) => {
    const minutesAgo = (count - index) * stepMinutes;
    return { timeMs: nowMs - minutesAgo * minuteMs, value: mebiAgo(minutesAgo) * mebi };
  });
}

export function oomKill(minutesAgo: number, livedMinutes = 10): Termination {
  const finishedAtMs = nowMs - minutesAgo * minuteMs;
  return { reason: 'OOMKilled', exitCode: 137, finishedAtMs, startedAtMs: finishedAtMs - livedMinutes * minuteMs };
}

/** The last minutes, oldest first, by the share of 600 periods that was throttled. */
export function minutesOf(shares: readonly number[], periods = 600): CpuMinute[] {
  return shares.map((share, index) => ({
    endMs: nowMs - (shares.length - 1 - index) * minuteMs,
    cores: 0.5,
    periods,
    throttled: share * periods,
  }));
}
