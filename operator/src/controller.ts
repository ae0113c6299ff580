import type { Config } from './config.ts';
import type { KubeConnection } from './kube/connection.ts';
import { Writes } from './kube/writes.ts';
import type { Log } from './log.ts';
import { keyOf } from './monitor.ts';
import { aborted } from './pause.ts';
import { Caches } from './reconcile/caches.ts';
import { Reconciler } from './reconcile/reconciler.ts';
import { ReportingAsker } from './reporting/asker.ts';
import type { ReportingClient } from './reporting/reporting-client.ts';
import type { Outcome } from './work-queue.ts';
import { WorkQueue, realTimers } from './work-queue.ts';

interface Options {
  readonly config: Config;
  readonly connection: KubeConnection;
  readonly reporting: ReportingClient;
  readonly log: Log;
  /** Told of each reconcile's time and end. */
  readonly onReconciled: (seconds: number, result: 'success' | 'error') => void;
}

/** The leader's work: watches, queues the keys of monitors that a change concerns, reconciles them. */
export class Controller {
  readonly #options: Options;
  readonly #caches: Caches;
  readonly #asker: ReportingAsker;
  readonly #reconciler: Reconciler;
  readonly queue: WorkQueue;

  constructor(options: Options) {
    this.#options = options;
    const { config, connection, reporting, log } = options;
    const onAll = (): void => {
      this.#addAll();
    };
    this.queue = new WorkQueue({
      handle: (key) => this.#handle(key),
      onError: (key, error) => {
        log.error('a monitor could not be reconciled and will be tried again', { monitor: key, error: String(error) });
      },
    });
    const onMonitor = (key: string): void => {
      this.queue.add(key);
    };
    this.#caches = new Caches({ connection, log, namespaces: config.watchNamespaces, onMonitor, onAll });
    this.#asker = new ReportingAsker({
      ask: () => reporting.ask(),
      isNeeded: () => this.#caches.monitors().length > 0,
      onAnswer: onAll,
      timers: realTimers,
      wallMs: Date.now,
    });
    this.#reconciler = new Reconciler({
      caches: this.#caches,
      reporting: () => this.#asker.last,
      writes: new Writes(connection, config.identity),
      config,
      log,
    });
  }

  /** Whether all that is watched is known. */
  get isSynced(): boolean {
    return this.#caches.areSynced;
  }

  /** Runs until aborted; settles when nothing is under way any more. */
  async run(signal: AbortSignal): Promise<void> {
    const watching = this.#caches.run(signal);
    await Promise.race([this.#caches.whenSynced(), aborted(signal)]);
    this.#addAll();
    await Promise.all([watching, this.#asker.run(signal)]);
    await this.queue.stop();
  }

  #addAll(): void {
    for (const { metadata } of this.#caches.monitors()) this.queue.add(keyOf(metadata));
  }

  async #handle(key: string): Promise<Outcome> {
    // All of them are added again once everything is known.
    if (!this.isSynced) return undefined;
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
}
