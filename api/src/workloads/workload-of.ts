import type { Description, Workload } from '@docksnap/contract';

/** Where an entity belongs: what scopes, namespaces, workloads and labels are matched by. */
export interface Belonging {
  readonly namespace: string;
  readonly pod: string;
  readonly workload: Workload;
  readonly labels: Readonly<Record<string, string>>;
}

/** A pod without a controller stands for itself. Nodes belong to nobody. */
export function belongingOf(description: Description | undefined): Belonging | undefined {
  if (description === undefined || description.kind === 'node') return undefined;
  const pod = description.kind === 'pod' ? description.name : description.pod;
  const { namespace, labels, workload = { kind: 'Pod', name: pod } } = description;
  return { namespace, pod, workload, labels };
}
