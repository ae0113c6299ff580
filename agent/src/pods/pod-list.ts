import { objectOf, objectsOf } from '../json.ts';
import type { Container, Pod } from './pod.ts';
import { podOf } from './pod.ts';

/** Which namespaces are watched: all, or those included, less those excluded. */
export interface NamespaceFilter {
  readonly include: ReadonlySet<string>;
  readonly exclude: ReadonlySet<string>;
}

/** Whether pods of that namespace are read at all. */
export function isWatched(filter: NamespaceFilter, namespace: string): boolean {
  return (filter.include.size === 0 || filter.include.has(namespace)) && !filter.exclude.has(namespace);
}

/** The watched pods that the kubelet runs, found by the names that its pages use. */
export class PodList {
  readonly pods: readonly Pod[];
  /** Pods of the list before that are gone. The pages may still have a last sample of theirs. */
  readonly departed: readonly Pod[];
  readonly #byName: ReadonlyMap<string, Pod>;

  constructor(pods: readonly Pod[], departed: readonly Pod[] = []) {
    this.pods = pods;
    this.departed = departed;
    this.#byName = new Map([...departed, ...pods].map((pod) => [`${pod.namespace}/${pod.name}`, pod]));
  }

  /** This list, as the one that follows `before`. */
  after(before: PodList): PodList {
    const uids = new Set(this.pods.map(({ uid }) => uid));
    return new PodList(
      this.pods,
      before.pods.filter(({ uid }) => !uids.has(uid)),
    );
  }

  pod(namespace: string, name: string): Pod | undefined {
    return this.#byName.get(`${namespace}/${name}`);
  }

  container(namespace: string, pod: string, container: string): Container | undefined {
    return this.pod(namespace, pod)?.containers.get(container);
  }
}

/** The kubelet's /pods (v1 PodList JSON). @throws Error when the text is no pod list. */
export function parsePodList(text: string, filter: NamespaceFilter): PodList {
  const list = objectOf(JSON.parse(text));
  if (!Array.isArray(list['items'])) throw new Error('it has no "items"');
  const pods = objectsOf(list['items']).map(podOf);
  return new PodList(pods.filter((pod) => pod !== undefined).filter((pod) => isWatched(filter, pod.namespace)));
}
