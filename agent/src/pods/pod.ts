import type { ContainerDescription, PodDescription, Workload } from '@docksnap/contract';
import { containerStatusOf } from './container-status.ts';
import type { Incarnation } from './container-status.ts';
import type { JsonObject } from '../json.ts';
import { defined, objectOf, objectsOf, textOf, timeOf } from '../json.ts';
import { labelsOf } from './labels.ts';
import { quantityOf } from './quantity.ts';
import { workloadOf } from './workload.ts';

export interface Container {
  readonly name: string;
  readonly current: Incarnation;
  readonly previous: Incarnation | undefined;
  readonly description: ContainerDescription;
}

export interface Pod {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  /** It shares the node's interfaces: its traffic cannot be told from the node's. */
  readonly hostNetwork: boolean;
  readonly startedAtMs: number;
  readonly description: PodDescription;
  readonly containers: ReadonlyMap<string, Container>;
}

/** What every container of a pod is described with. */
interface Belonging {
  readonly namespace: string;
  readonly pod: string;
  readonly podUid: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly workload: Workload | undefined;
  readonly qosClass: string | undefined;
}

/** Longest UID or DNS subdomain: a name that is cut would be another name, so it is none. */
const nameLength = { uid: 128, name: 253 } as const;

function nameOf(value: unknown, most: number): string | undefined {
  return typeof value === 'string' && value.length <= most ? textOf(value) : undefined;
}

function resourcesOf(value: unknown): { cpuCores?: number; memoryBytes?: number } {
  const { cpu, memory } = objectOf(value);
  return defined({ cpuCores: quantityOf(cpu), memoryBytes: quantityOf(memory) });
}

function containerOf(spec: JsonObject, status: JsonObject, belonging: Belonging): Container | undefined {
  const name = nameOf(spec['name'], nameLength.name);
  if (name === undefined) return undefined;
  const { current, previous, ...observed } = containerStatusOf(status);
  const resources = objectOf(spec['resources']);
  const description: ContainerDescription = defined({
    kind: 'container',
    ...belonging,
    name,
    image: textOf(spec['image']) ?? '',
    requests: resourcesOf(resources['requests']),
    limits: resourcesOf(resources['limits']),
    ...observed,
  });
  return { name, current, previous, description };
}

function containersOf(spec: JsonObject, status: JsonObject, belonging: Belonging): Map<string, Container> {
  const containers = new Map<string, Container>();
  for (const [specs, statuses] of [
    ['initContainers', 'initContainerStatuses'],
    ['containers', 'containerStatuses'],
    ['ephemeralContainers', 'ephemeralContainerStatuses'],
  ] as const) {
    const byName = new Map(objectsOf(status[statuses]).map((each) => [each['name'], each]));
    for (const each of objectsOf(spec[specs])) {
      const container = containerOf(each, byName.get(each['name']) ?? {}, belonging);
      if (container !== undefined) containers.set(container.name, container);
    }
  }
  return containers;
}

/**
 * A pod of the kubelet's /pods (v1 Pod), init and ephemeral containers included; undefined when it lacks a name.
 * A static pod has the UID that the kubelet gave it.
 */
export function podOf(pod: JsonObject): Pod | undefined {
  const metadata = objectOf(pod['metadata']);
  const namespace = nameOf(metadata['namespace'], nameLength.name);
  const name = nameOf(metadata['name'], nameLength.name);
  const uid = nameOf(metadata['uid'], nameLength.uid);
  if (namespace === undefined || name === undefined || uid === undefined) return undefined;
  const spec = objectOf(pod['spec']);
  const status = objectOf(pod['status']);
  const startedAtMs = timeOf(status['startTime']);
  const shared = {
    labels: labelsOf(metadata['labels']),
    workload: workloadOf(metadata),
    qosClass: textOf(status['qosClass'], 64),
  };
  return {
    uid,
    namespace,
    name,
    hostNetwork: spec['hostNetwork'] === true,
    startedAtMs: startedAtMs ?? 0,
    description: defined({
      kind: 'pod',
      namespace,
      name,
      uid,
      phase: textOf(status['phase'], 64) ?? 'Unknown',
      ...shared,
      startedAtMs,
    }),
    containers: containersOf(spec, status, { namespace, pod: name, podUid: uid, ...shared }),
  };
}
