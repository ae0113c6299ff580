import type { Config } from './config.ts';
import { agentsSelector, monitorNameOf } from './desired/identity.ts';
import type { KubeConnection } from './kube/connection.ts';
import { paths } from './kube/paths.ts';
import { Writes } from './kube/writes.ts';
import type { Log } from './log.ts';
import type { Monitor } from './monitor.ts';
import { keyOf } from './monitor.ts';
import type { DaemonSet, Node, Pod } from './observed/objects.ts';
import { daemonSetSchema, nodeSchema, parseMonitor, podSchema } from './observed/objects.ts';
import { Reconciler } from './reconcile/reconciler.ts';
import type { World } from './reconcile/world.ts';
import { Reflector } from './reflector/reflector.ts';
import { ReportingAsker } from './reporting/asker.ts';
import type { ReportingClient } from './reporting/reporting-client.ts';
import type { Outcome } from './work-queue.ts';
import { WorkQueue } from './work-queue.ts';

interface Options {
  readonly config: Config;
  readonly connection: KubeConnection;
  readonly reporting: ReportingClient;
  readonly log: Log;
  /** Told of each reconcile's time and end. */
  readonly onReconciled: (seconds: number, result: 'success' | 'error') => void;
}

interface Reflectors {
  readonly monitors: readonly Reflector<Monitor>[];
  readonly daemonSets: readonly Reflector<DaemonSet>[];
  readonly pods: readonly Reflector<Pod>[];
  readonly nodes: Reflector<Node>;
}

/** The leader's work: watches, queues the keys of monitors that a change concerns, reconciles them. */
export class Controller implements World {
  readonly #options: Options;
  readonly #reflectors: Reflectors;
  readonly #asker: ReportingAsker;
  readonly #reconciler: Reconciler;
  readonly queue: WorkQueue;

  constructor(options: Options) {
    this.#options = options;
    const { config, connection, reporting, log } = options;
    const writes = new Writes(connection, config.identity);
    this.#reconciler = new Reconciler({ world: this, writes, defaults: config, log });
    this.#reflectors = this.#watch();
    this.#asker = new ReportingAsker({
      ask: (nowMs) => reporting.ask(nowMs),
      isNeeded: () => this.#monitors().length > 0,
      onAnswer: () => {
        this.#addAll();
      },
    });
    this.queue = new WorkQueue({
      handle: (key) => this.#handle(key),
      onError: (key, error) => {
        log.error('a monitor could not be reconciled and will be tried again', { monitor: key, error: String(error) });
      },
    });
  }

  /** Runs until aborted; settles when nothing is under way any more. */
  async run(signal: AbortSignal): Promise<void> {
    const { monitors, daemonSets, pods, nodes } = this.#reflectors;
    const all = [...monitors, ...daemonSets, ...pods, nodes];
    const running = all.map((reflector) => reflector.run(signal));
    await Promise.race([Promise.all(all.map((reflector) => reflector.whenSynced())), aborted(signal)]);
    this.#addAll();
    await Promise.all([...running, this.#asker.run(signal)]);
    this.queue.stop();
  }

  monitor(key: string): Monitor | undefined {
    return this.#reflectors.monitors.map((one) => one.get(key)).find((found) => found !== undefined);
  }

  daemonSet(namespace: string, name: string): DaemonSet | undefined {
    const key = keyOf({ namespace, name });
    return this.#reflectors.daemonSets.map((one) => one.get(key)).find((found) => found !== undefined);
  }

  agents({ metadata }: Monitor): readonly Pod[] {
    const pods = this.#reflectors.pods.flatMap((one) => one.all());
    return pods.filter(
      (pod) => pod.metadata.namespace === metadata.namespace && monitorNameOf(pod.metadata.labels) === metadata.name,
    );
  }

  nodes(): readonly Node[] {
    return this.#reflectors.nodes.all();
  }

  reporting() {
    return this.#asker.last;
  }

  #monitors(): readonly Monitor[] {
    return this.#reflectors.monitors.flatMap((one) => one.all());
  }

  #addAll(): void {
    for (const { metadata } of this.#monitors()) this.queue.add(keyOf(metadata));
  }

  /** Nothing is decided before every cache is filled: what lacks then is really not there. */
  #isSynced(): boolean {
    const { monitors, daemonSets, pods, nodes } = this.#reflectors;
    return [...monitors, ...daemonSets, ...pods, nodes].every((reflector) => reflector.isSynced);
  }

  async #handle(key: string): Promise<Outcome> {
    if (!this.#isSynced()) return undefined;
    const startedMs = performance.now();
    let result: 'success' | 'error' = 'error';
    try {
      const outcome = await this.#reconciler.reconcile(key);
      result = 'success';
      return outcome;
    } finally {
      this.#options.onReconciled((performance.now() - startedMs) / 1000, result);
    }
  }

  #watch(): Reflectors {
    const { config, connection, log } = this.#options;
    const addOwner = (now: DaemonSet | Pod | undefined, before: DaemonSet | Pod | undefined): void => {
      const { namespace, labels } = (now ?? before)?.metadata ?? { labels: {} };
      const name = monitorNameOf(labels);
      if (name !== undefined) this.queue.add(keyOf({ namespace, name }));
    };
    const agents = { labelSelector: agentsSelector };
    const each = config.watchNamespaces;
    return {
      monitors: each.map(
        (namespace) =>
          new Reflector<Monitor>({
            connection,
            log,
            path: paths.monitors(namespace),
            parse: parseMonitor,
            onChange: (now, before) => {
              const metadata = (now ?? before)?.metadata;
              if (metadata !== undefined && !isOwnWrite(now, before)) this.queue.add(keyOf(metadata));
            },
          }),
      ),
      daemonSets: each.map(
        (namespace) =>
          new Reflector<DaemonSet>({
            connection,
            log,
            path: paths.daemonSets(namespace),
            parse: (object) => daemonSetSchema.parse(object),
            onChange: addOwner,
          }),
      ),
      pods: each.map(
        (namespace) =>
          new Reflector<Pod>({
            connection,
            log,
            path: paths.pods(namespace),
            query: agents,
            parse: (object) => podSchema.parse(object),
            onChange: addOwner,
          }),
      ),
      nodes: new Reflector<Node>({
        connection,
        log,
        path: paths.nodes,
        parse: (object) => nodeSchema.parse(object),
        onChange: (now, before) => {
          if (wasReady(now) !== wasReady(before)) this.#addAll();
        },
      }),
    };
  }
}

/** A status write comes back as a change in which the spec is the same: there is nothing to do about it. */
function isOwnWrite(now: Monitor | undefined, before: Monitor | undefined): boolean {
  return (
    now !== undefined &&
    before !== undefined &&
    now.metadata.generation === before.metadata.generation &&
    now.metadata.deletionTimestamp === before.metadata.deletionTimestamp &&
    before.status !== undefined
  );
}

function wasReady(node: Node | undefined): boolean | undefined {
  return node?.status.conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => {
    signal.addEventListener('abort', resolve, { once: true });
  });
}
