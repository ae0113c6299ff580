import type { ApiConnection } from './api/api-connection.ts';
import type { Config } from './config.ts';
import type { KubeConnection } from './kube/connection.ts';
import { EventReader } from './kube/event-reader.ts';
import { retryAfterMsOfError } from './kube/kube-error.ts';
import { readVersion, type KubernetesVersion } from './kube/version.ts';
import { VersionKeeper } from './kube/version-keeper.ts';
import { Writes } from './kube/writes.ts';
import type { Log } from './log.ts';
import { keyOf } from './monitor.ts';
import { aborted } from './pause.ts';
import { Ownership } from './placement/ownership.ts';
import { PurgeClient } from './purge/purge-client.ts';
import { Purger } from './purge/purger.ts';
import { Caches } from './reconcile/caches.ts';
import { Reconciler } from './reconcile/reconciler.ts';
import { ReportingAsker } from './reporting/asker.ts';
import { ReportingClient } from './reporting/reporting-client.ts';
import type { Outcome, QueueMetrics } from './work-queue.ts';
import { WorkQueue, realTimers } from './work-queue.ts';

interface Options {
  readonly config: Config;
  readonly connection: KubeConnection;
  readonly api: ApiConnection;
  readonly log: Log;
  /** Asked before each write: a process that was held up may have lost the Lease without noticing. */
  readonly isLeading: () => boolean;
  /** Told of each reconcile's time and end. */
  readonly onReconciled: (seconds: number, result: 'requeue_after' | 'success' | 'error') => void;
  readonly queueMetrics: QueueMetrics;
}

/** The leader's work: watches, queues the keys of monitors that a change concerns, reconciles them. */
export class Controller {
  readonly #options: Options;
  readonly #caches: Caches;
  readonly #asker: ReportingAsker;
  readonly #version: VersionKeeper;
  readonly #reconciler: Reconciler;
  readonly queue: WorkQueue;

  constructor(options: Options) {
    this.#options = options;
    const { config, connection, api, log, isLeading, queueMetrics } = options;
    const reporting = new ReportingClient(api);
    const onAll = (): void => {
      this.#addAll();
    };
    this.queue = new WorkQueue({
      handle: (key) => this.#handle(key),
      onError: (key, error) => {
        log.error('a monitor could not be reconciled and will be tried again', { monitor: key, error: String(error) });
      },
      retryAfterMs: retryAfterMsOfError,
      metrics: queueMetrics,
    });
    const onMonitor = (key: string): void => {
      this.queue.add(key);
    };
    const namespaces = config.watchNamespaces;
    const ownership: Ownership = new Ownership({
      monitors: () => this.#caches.monitors(),
      nodes: () => this.#caches.nodes(),
    });
    const onPlacement = (): void => {
      ownership.forget();
    };
    this.#caches = new Caches({ connection, log, namespaces, onMonitor, onAll, onPlacement });
    this.#version = new VersionKeeper({
      ask: () => readVersion(connection),
      onChange: onAll,
      timers: realTimers,
      log,
    });
    this.#asker = new ReportingAsker({
      ask: () => reporting.ask(),
      isNeeded: () => this.#caches.monitors().length > 0,
      onAnswer: onAll,
      timers: realTimers,
      wallMs: Date.now,
    });
    const writes = new Writes(connection, config.identity, isLeading);
    this.#reconciler = new Reconciler({
      caches: this.#caches,
      ownership,
      version: () => this.#knownVersion(),
      reporting: () => this.#asker.last,
      purger: new Purger({ caches: this.#caches, writes, client: new PurgeClient(api) }),
      writes,
      events: new EventReader(connection),
      config,
      log,
    });
  }

  /** Whether all that is watched is known. */
  get isSynced(): boolean {
    return this.#caches.areSynced && this.#version.version !== undefined;
  }

  /** Runs until aborted; settles when nothing is under way any more. */
  async run(signal: AbortSignal): Promise<void> {
    const watching = Promise.all([this.#caches.run(signal), this.#version.run(signal)]);
    await Promise.race([this.#caches.whenSynced(), aborted(signal)]);
    this.#addAll();
    await Promise.all([watching, this.#asker.run(signal)]);
    await this.queue.stop();
  }

  #addAll(): void {
    for (const { metadata } of this.#caches.monitors()) this.queue.add(keyOf(metadata));
  }

  /** @throws Error before it is known, when nothing is reconciled */
  #knownVersion(): KubernetesVersion {
    const { version } = this.#version;
    if (version === undefined) throw new Error('the version of Kubernetes is not known yet');
    return version;
  }

  async #handle(key: string): Promise<Outcome> {
    // All of them are added again once everything is known.
    if (!this.isSynced) return undefined;
    const startedMs = performance.now();
    let result: 'requeue_after' | 'success' | 'error' = 'error';
    try {
      const outcome = await this.#reconciler.reconcile(key);
      result = outcome?.againAfterMs === undefined ? 'success' : 'requeue_after';
      return outcome;
    } finally {
      this.#options.onReconciled((performance.now() - startedMs) / 1000, result);
    }
  }
}
