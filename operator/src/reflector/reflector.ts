import type { KubeConnection, Query } from '../kube/connection.ts';
import { isRefusal, retryAfterMsOfError } from '../kube/kube-error.ts';
import type { Log } from '../log.ts';
import type { Timers } from '../work-queue.ts';
import { realTimers } from '../work-queue.ts';
import { Backoff } from './backoff.ts';
import type { Change } from './list-watch.ts';
import { ListWatch } from './list-watch.ts';
import { ObjectStore, type Kept, type OnChange } from './object-store.ts';

/** The API server sends a bookmark about each minute; a watch without two of them is dead. */
const silenceMs = 130_000;
/** A watch that ends sooner than this is no normal end. */
const shortWatchMs = 1000;

export interface ReflectorOptions<T extends Kept> {
  readonly connection: KubeConnection;
  readonly log: Log;
  /** The collection's path, such as /api/v1/nodes, and which of it. */
  readonly path: string;
  readonly query?: Query;
  /** Throws for what is no such object; that one is left out. */
  readonly parse: (object: unknown) => T;
  readonly onChange: OnChange<T>;
  readonly timers?: Timers;
  readonly silenceMs?: number;
  readonly backoff?: Backoff;
}

/**
 * Keeps a copy of a collection, level by level: it lists, then follows the changes from that version on. Whatever
 * goes wrong (refusals, cut or silent connections, versions grown too old), it tries again until it is stopped.
 */
export class Reflector<T extends Kept> {
  readonly #options: ReflectorOptions<T>;
  readonly #source: ListWatch;
  readonly #store: ObjectStore<T>;
  readonly #timers: Timers;
  readonly #backoff: Backoff;
  readonly #synced = Promise.withResolvers<undefined>();
  #resourceVersion: string | undefined;
  #isSynced = false;

  constructor(options: ReflectorOptions<T>) {
    this.#options = options;
    this.#source = new ListWatch(options.connection, options.path, options.query ?? {});
    this.#store = new ObjectStore(options.onChange);
    this.#timers = options.timers ?? realTimers;
    this.#backoff = options.backoff ?? new Backoff(this.#timers);
  }

  /** Whether the collection has been listed once. */
  get isSynced(): boolean {
    return this.#isSynced;
  }

  async whenSynced(): Promise<void> {
    await this.#synced.promise;
  }

  /** @param key namespace/name; of what has no namespace, /name */
  get(key: string): T | undefined {
    return this.#store.get(key);
  }

  all(): readonly T[] {
    return this.#store.all();
  }

  /** Runs until aborted; never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const startedMs = this.#timers.nowMs();
      try {
        if (this.#resourceVersion === undefined) await this.#list();
        await this.#watch(signal);
        // A server that ends each watch at once must not be asked without a pause.
        if (this.#timers.nowMs() - startedMs < shortWatchMs) await this.#backoff.wait(signal);
      } catch (error) {
        await this.#recover(error, signal);
      }
    }
  }

  async #recover(error: unknown, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const { log, path } = this.#options;
    if (isRefusal(error, 410)) this.#resourceVersion = undefined;
    else log.warn('a watch failed and is taken up again', { path, error: String(error) });
    await this.#backoff.wait(signal, retryAfterMsOfError(error));
  }

  async #list(): Promise<void> {
    const { items, resourceVersion } = await this.#source.list();
    this.#store.replace(items.flatMap((item) => this.#parse(item) ?? []));
    this.#resourceVersion = resourceVersion;
    this.#backoff.reset();
    this.#isSynced = true;
    this.#synced.resolve(undefined);
  }

  async #watch(stop: AbortSignal): Promise<void> {
    const silence = new AbortController();
    let cancel = (): void => undefined;
    const alive = (): void => {
      cancel();
      cancel = this.#timers.after(this.#options.silenceMs ?? silenceMs, () => {
        silence.abort(new Error('it has been silent for too long'));
      });
    };
    alive();
    try {
      const signal = AbortSignal.any([stop, silence.signal]);
      for await (const change of this.#source.watch(this.#resourceVersion ?? '', signal, alive)) {
        this.#follow(change);
        this.#backoff.reset();
      }
    } finally {
      cancel();
    }
  }

  #follow({ type, object, resourceVersion }: Change): void {
    const parsed = type === 'bookmark' ? undefined : this.#parse(object);
    if (parsed !== undefined && type === 'changed') this.#store.keep(parsed);
    if (parsed !== undefined && type === 'deleted') this.#store.forget(parsed);
    this.#resourceVersion = resourceVersion;
  }

  #parse(object: unknown): T | undefined {
    try {
      return this.#options.parse(object);
    } catch (error) {
      this.#options.log.warn('an object is not as expected and is left out', {
        path: this.#options.path,
        error: String(error),
      });
      return undefined;
    }
  }
}
