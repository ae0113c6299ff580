import type { KubernetesNode } from './kubernetes-node.ts';

/** The nodes of our cluster, as Kubernetes last told. */
export interface SeenNodes {
  /** UID of the namespace kube-system. */
  readonly cluster: string;
  readonly byUid: ReadonlyMap<string, KubernetesNode>;
}

/** Knows Kubernetes' own view of the nodes. */
export abstract class NodeWatch {
  /** Null where there is no Kubernetes, or where it has never answered. */
  abstract seen(): SeenNodes | null;
}
