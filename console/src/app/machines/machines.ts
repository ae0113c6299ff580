import type { NodeSummary } from '@docksnap/contract';

/** The API keeps machines that joined outside Kubernetes as nodes of this cluster. */
const machinesCluster = 'machines';

/** Whether a node is a machine with Docker and without Kubernetes. */
export function isMachine({ cluster }: Pick<NodeSummary, 'cluster'>): boolean {
  return cluster === machinesCluster;
}

/** Whether all that is known are machines; false while nothing is. */
export function areMachines(nodes: readonly Pick<NodeSummary, 'cluster'>[]): boolean {
  return nodes.length > 0 && nodes.every(isMachine);
}

const origins: ReadonlyMap<string, string> = new Map([
  ['_docker', 'containers of the Docker engine'],
  ['_system', 'services of the system'],
  ['_containers', 'containers of other engines'],
]);

/**
 * What lies in a namespace that is none of Kubernetes'; null for one that is. Kubernetes' own never begin with `_`,
 * those of machines always do.
 */
export function originWords(namespace: string): string | null {
  return namespace.startsWith('_') ? (origins.get(namespace) ?? 'on machines without Kubernetes') : null;
}

/** What a workload consists of: on a machine each container stands by itself. */
export function partOf(namespace: string): 'pod' | 'container' {
  return originWords(namespace) === null ? 'pod' : 'container';
}

/** A workload's kind as it is read: Kubernetes' own stay as they are written there. */
export function kindWords(kind: string): string {
  return kind === 'ComposeProject' ? 'Compose project' : kind;
}
