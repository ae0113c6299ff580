import { isDeepStrictEqual } from 'node:util';
import { agentsSelector, monitorNameOf } from '../desired/identity.ts';
import type { KubeConnection } from '../kube/connection.ts';
import { paths } from '../kube/paths.ts';
import type { Log } from '../log.ts';
import type { Monitor } from '../monitor.ts';
import { keyOf } from '../monitor.ts';
import type { DaemonSet, Node, Pod } from '../observed/objects.ts';
import { daemonSetSchema, isReady, nodeSchema, parseMonitor, podSchema } from '../observed/objects.ts';
import { Groups } from './groups.ts';
import type { OnChange } from '../reflector/object-store.ts';
import { Reflector } from '../reflector/reflector.ts';

interface Options {
  readonly connection: KubeConnection;
  readonly log: Log;
  readonly namespaces: readonly string[];
  /** A monitor that there may be something to do about: its key. */
  readonly onMonitor: (key: string) => void;
  /** Something that concerns all of them. */
  readonly onAll: () => void;
  /** Which nodes are wanted by whom may have changed. */
  readonly onPlacement: () => void;
}

/** Copies of all that is watched: of monitors, DaemonSets and agents' pods one collection a namespace, and of nodes. */
export class Caches {
  readonly #monitors: readonly Reflector<Monitor>[];
  readonly #daemonSets: readonly Reflector<DaemonSet>[];
  readonly #pods: readonly Reflector<Pod>[];
  readonly #nodes: Reflector<Node>;
  readonly #podsByMonitor = new Groups<Pod>();

  constructor({ connection, log, namespaces, onMonitor, onAll, onPlacement }: Options) {
    const common = { connection, log };
    const onOwned: OnChange<DaemonSet | Pod> = (now, before) => {
      const key = monitorOf(now ?? before);
      if (key !== undefined) onMonitor(key);
    };
    const onPod: OnChange<Pod> = (now, before) => {
      if (before !== undefined) this.#podsByMonitor.remove(monitorOf(before) ?? '', keyOf(before.metadata));
      if (now !== undefined) this.#podsByMonitor.put(monitorOf(now) ?? '', keyOf(now.metadata), now);
      onOwned(now, before);
    };
    const onChangedMonitor: OnChange<Monitor> = (now, before) => {
      const metadata = (now ?? before)?.metadata;
      if (metadata === undefined || isStatusAlone(now, before)) return;
      onPlacement();
      onMonitor(keyOf(metadata));
    };
    this.#monitors = namespaces.map((namespace) => {
      const path = paths.monitors(namespace);
      return new Reflector({ ...common, path, parse: parseMonitor, onChange: onChangedMonitor });
    });
    this.#daemonSets = namespaces.map((namespace) => {
      const path = paths.daemonSets(namespace);
      return new Reflector({ ...common, path, parse: (object) => daemonSetSchema.parse(object), onChange: onOwned });
    });
    const query = { labelSelector: agentsSelector };
    this.#pods = namespaces.map((namespace) => {
      const path = paths.pods(namespace);
      return new Reflector({ ...common, path, query, parse: (object) => podSchema.parse(object), onChange: onPod });
    });
    this.#nodes = new Reflector({
      ...common,
      path: paths.nodes,
      parse: (object) => nodeSchema.parse(object),
      onChange: (now, before) => {
        // Nodes write their status each few seconds; only this of it matters here.
        const isMoved = now === undefined || before === undefined || !isSamePlace(now, before);
        if (isMoved) onPlacement();
        if (isMoved || isReady(now) !== isReady(before)) onAll();
      },
    });
  }

  /** Nothing is decided before every collection was listed once: what lacks then is really not there. */
  get areSynced(): boolean {
    return this.#all().every((reflector) => reflector.isSynced);
  }

  async whenSynced(): Promise<void> {
    await Promise.all(this.#all().map((reflector) => reflector.whenSynced()));
  }

  /** Runs until aborted. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all(this.#all().map((reflector) => reflector.run(signal)));
  }

  monitors(): readonly Monitor[] {
    return this.#monitors.flatMap((one) => one.all());
  }

  monitor(key: string): Monitor | undefined {
    return first(this.#monitors, key);
  }

  daemonSet(namespace: string, name: string): DaemonSet | undefined {
    return first(this.#daemonSets, keyOf({ namespace, name }));
  }

  /** The pods of a monitor's agents. */
  agents({ metadata }: Monitor): readonly Pod[] {
    return this.#podsByMonitor.of(keyOf(metadata));
  }

  /** A node by its name. */
  node(name: string): Node | undefined {
    return this.#nodes.get(keyOf({ name }));
  }

  nodes(): readonly Node[] {
    return this.#nodes.all();
  }

  #all(): readonly Pick<Reflector<Node>, 'isSynced' | 'whenSynced' | 'run'>[] {
    return [...this.#monitors, ...this.#daemonSets, ...this.#pods, this.#nodes];
  }
}

function first<T extends Monitor | DaemonSet>(reflectors: readonly Reflector<T>[], key: string): T | undefined {
  return reflectors.map((one) => one.get(key)).find((found) => found !== undefined);
}

/** namespace/name of the monitor that an object belongs to by its labels. */
function monitorOf(object: DaemonSet | Pod | undefined): string | undefined {
  const name = monitorNameOf(object?.metadata.labels ?? {});
  return name === undefined ? undefined : keyOf({ namespace: object?.metadata.namespace, name });
}

/** Whether the same agents may run on a node. */
function isSamePlace(now: Node, before: Node): boolean {
  return isDeepStrictEqual([now.metadata.labels, now.spec.taints], [before.metadata.labels, before.spec.taints]);
}

/** The operator's own writes come back as changes of the status alone: there is nothing to do about those. */
function isStatusAlone(now: Monitor | undefined, before: Monitor | undefined): boolean {
  if (now === undefined || before?.status === undefined) return false;
  return (
    now.metadata.generation === before.metadata.generation &&
    now.metadata.deletionTimestamp === before.metadata.deletionTimestamp
  );
}
