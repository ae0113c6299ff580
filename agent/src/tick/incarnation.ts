import type { Reading } from '../exposition/reading.ts';
import type { Container, Pod } from '../pods/pod.ts';
import type { Incarnation } from '../pods/container-status.ts';
import type { NamespaceFilter, PodList } from '../pods/pod-list.ts';
import { isWatched } from '../pods/pod-list.ts';

/**
 * A container's cgroup is made some seconds before the runtime reports its start (the page has the one, the pod list
 * the other, cut to whole seconds), and hardly later.
 */
const cgroupEarlierMs = 10_000;
const cgroupLaterMs = 2000;

/** Whom a reading belongs to. `unknown`: nobody that the pod list knows. `ignored`: nobody that is watched. */
export type Owner =
  | { readonly kind: 'node' }
  | { readonly kind: 'pod'; readonly pod: Pod }
  | { readonly kind: 'container'; readonly incarnation: Incarnation }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'ignored' };

const unknown: Owner = { kind: 'unknown' };
const ignored: Owner = { kind: 'ignored' };

/** Finds whom a reading belongs to; a pod or container that was replaced under the same name is not taken for it. */
export function ownerOf(reading: Reading, pods: PodList, filter: NamespaceFilter): Owner {
  const { subject } = reading;
  if (subject.kind === 'node') return { kind: 'node' };
  if (!isWatched(filter, subject.namespace)) return ignored;
  const pod = pods.pod(subject.namespace, subject.pod);
  if (pod === undefined || !isCgroupOf(pod, subject.cgroup)) return unknown;
  if (subject.kind === 'pod') return reading.group === 'network' && pod.hostNetwork ? ignored : { kind: 'pod', pod };
  const container = pod.containers.get(subject.container);
  const incarnation = container && incarnationOf(container, subject.runtimeId, reading);
  return incarnation === undefined ? unknown : { kind: 'container', incarnation };
}

function incarnationOf(container: Container, runtimeId: string, reading: Reading): Incarnation | undefined {
  if (runtimeId === '') return startedAt(container, reading.startedAtMs) ?? sinceMoved(container, reading);
  return [container.current, container.previous].find((each) => each?.runtimeId === runtimeId);
}

/**
 * The page takes a cgroup's directory's time for its start, and that moves when the container makes cgroups of its own
 * (Docker in Docker, systemd). So a start that is too late, and that the pod list did not explain when it was read for
 * it, is the running container's after all.
 */
function sinceMoved({ current }: Container, { startedAtMs, refusedStartMs }: Reading): Incarnation | undefined {
  const isExplained = startedAtMs !== refusedStartMs || startedAtMs < current.startedAtMs;
  return isExplained || current.runtimeId === '' ? undefined : current;
}

/** cgroupfs writes a pod's UID into the path as it is, systemd with underscores. The small page has no path. */
function isCgroupOf(pod: Pod, cgroup: string): boolean {
  return cgroup === '' || cgroup.includes(pod.uid) || cgroup.includes(pod.uid.replaceAll('-', '_'));
}

/**
 * The incarnation that started when the page says so, the nearer one of two. One without a runtime id is not known
 * yet.
 */
function startedAt(container: Container, startedAtMs: number): Incarnation | undefined {
  const started = [container.current, container.previous].filter(
    (each): each is Incarnation => each !== undefined && each.runtimeId !== '',
  );
  if (Number.isNaN(startedAtMs)) return started.find((each) => each === container.current);
  const laterMs = (each: Incarnation): number => startedAtMs - each.startedAtMs;
  return started
    .filter((each) => laterMs(each) > -cgroupEarlierMs && laterMs(each) < cgroupLaterMs)
    .sort((a, b) => Math.abs(laterMs(a)) - Math.abs(laterMs(b)))[0];
}
