import type { V1Node, V1TokenReviewStatus } from '@kubernetes/client-node';

/** A Secret's or ConfigMap's entries as text, and the version that a conditional patch names. */
export interface Entries {
  readonly resourceVersion: string;
  readonly entries: Readonly<Record<string, string>>;
}

/** The kube-apiserver did not answer in time, or with 5xx: try again later. */
export class KubeUnavailableError extends Error {}

/**
 * All that the API asks of Kubernetes. Every call is bounded in time and rejects with KubeUnavailableError, or with
 * the client's ApiException when the answer is a refusal. Where there is no Kubernetes, null is injected.
 */
export abstract class Kube {
  /** UID of the namespace kube-system: the cluster's identity. */
  abstract clusterUid(): Promise<string>;
  /** What the kube-apiserver says of a bearer token for one audience. */
  abstract reviewToken(token: string, audience: string): Promise<V1TokenReviewStatus>;
  /** A Secret of our own namespace, or undefined. */
  abstract secret(name: string): Promise<Entries | undefined>;
  /** Adds entries to a Secret that still has this version; false when somebody was faster: read it again. */
  abstract fillSecret(
    name: string,
    resourceVersion: string,
    entries: Readonly<Record<string, string>>,
  ): Promise<boolean>;
  abstract configMap(namespace: string, name: string): Promise<Entries | undefined>;
  abstract fillConfigMap(
    at: { readonly namespace: string; readonly name: string },
    resourceVersion: string,
    entries: Readonly<Record<string, string>>,
  ): Promise<boolean>;
  /** Every node of the cluster as it is now. */
  abstract nodes(): Promise<readonly V1Node[]>;
  /**
   * Tells every event of events.k8s.io as Kubernetes sends it, JSON with its type (ADDED, MODIFIED, BOOKMARK, …): from
   * a resource version on, or all that there are. Resolves when the connection ended, which it does every few minutes.
   */
  abstract watchEvents(
    resourceVersion: string | undefined,
    signal: AbortSignal,
    take: (type: string, json: unknown) => void,
  ): Promise<void>;
}
