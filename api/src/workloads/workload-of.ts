import type { Description, Workload } from '@docksnap/contract';

/** Where an entity belongs: what scopes, namespaces and workloads are matched by. */
export interface Belonging {
  readonly namespace: string;
  readonly workload: Workload;
}

/** A pod without a controller stands for itself. Nodes belong to nobody. */
export function belongingOf(description: Description | undefined): Belonging | undefined {
  if (description === undefined || description.kind === 'node') return undefined;
  const pod = description.kind === 'pod' ? description.name : description.pod;
  return { namespace: description.namespace, workload: description.workload ?? { kind: 'Pod', name: pod } };
}
