import type { ContainerDescription, EventRecord, Termination } from '@docksnap/contract';
import { containerId } from '../containers/container-id.ts';
import type { KnownEntity, NodeRecord } from '../store/store.ts';
import { belongingOf } from '../workloads/workload-of.ts';

/** What an event says of the container that it is about. */
export function aboutContainer(record: NodeRecord, key: string, description: ContainerDescription) {
  return {
    namespace: description.namespace,
    workload: belongingOf(description)?.workload ?? null,
    pod: description.pod,
    containerId: containerId(record.id, key),
    container: description.name,
    nodeId: record.id,
    node: record.name,
  };
}

/**
 * What befell a container between two looks at it: its end, if that was not in good order, and its new start. Ids
 * follow from facts, so that all replicas give the same event the same one.
 */
export function containerEvents(record: NodeRecord, before: KnownEntity, after: KnownEntity): readonly EventRecord[] {
  const [old, now] = [before.description, after.description];
  if (old?.kind !== 'container' || now?.kind !== 'container') return [];
  const about = aboutContainer(record, after.key, now);
  return [...endOf(about, old, now), ...startOf(about, before, after, now)];
}

type About = ReturnType<typeof aboutContainer>;

function endOf(about: About, old: ContainerDescription, now: ContainerDescription): EventRecord[] {
  const end = now.lastTermination;
  const atMs = end?.finishedAtMs;
  if (end === undefined || atMs === undefined || atMs === old.lastTermination?.finishedAtMs) return [];
  const kind = end.reason === 'OOMKilled' ? 'oom' : 'exit';
  if (kind === 'exit' && end.exitCode === 0) return [];
  const id = `end/${about.containerId}/${atMs}`;
  return [{ id, kind, isWarning: true, ...once(atMs), reason: end.reason, message: endWords(end, atMs), ...about }];
}

function endWords({ reason, exitCode, startedAtMs }: Termination, atMs: number): string {
  const lived = startedAtMs === undefined ? '' : ` after ${Math.round((atMs - startedAtMs) / 1000)} s`;
  return `${reason === 'OOMKilled' ? 'OOM-killed,' : 'Ended with'} exit code ${exitCode}${lived}`;
}

function startOf(about: About, before: KnownEntity, after: KnownEntity, now: ContainerDescription): EventRecord[] {
  const start = after.incarnations[0];
  const known = before.incarnations[0];
  if (start === undefined || known === undefined || start.startedAtMs === 0) return [];
  if (start.runtimeId === known.runtimeId || start.startedAtMs <= known.startedAtMs) return [];
  return [
    {
      id: `start/${about.containerId}/${start.startedAtMs}`,
      kind: 'restart',
      isWarning: false,
      ...once(start.startedAtMs),
      reason: 'Restarted',
      message: `Started again, ${now.restarts} restarts in all`,
      ...about,
    },
  ];
}

/** The times of what happened once. */
export function once(atMs: number) {
  const whole = Math.round(atMs);
  return { atMs: whole, firstMs: whole, count: 1 };
}
