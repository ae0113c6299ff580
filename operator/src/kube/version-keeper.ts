import { pause } from '../pause.ts';
import type { Log } from '../log.ts';
import type { Timers } from '../work-queue.ts';
import type { KubernetesVersion } from './version.ts';

/** A cluster is upgraded under a running operator. */
const againMs = 600_000;
const afterFailureMs = 2000;

interface Options {
  /** Asks the API server. */
  readonly ask: () => Promise<KubernetesVersion>;
  /** Called when it is known and whenever it is another. */
  readonly onChange: () => void;
  readonly timers: Timers;
  readonly log: Log;
}

/** Knows the version of Kubernetes. */
export class VersionKeeper {
  readonly #options: Options;
  #version: KubernetesVersion | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Undefined before the API server has answered once. */
  get version(): KubernetesVersion | undefined {
    return this.#version;
  }

  /** Runs until aborted. */
  async run(signal: AbortSignal): Promise<void> {
    let waitMs = 0;
    while (await pause(this.#options.timers, waitMs, signal)) waitMs = await this.#askOnce();
  }

  /** @returns how long to wait before asking again */
  async #askOnce(): Promise<number> {
    const { ask, onChange, log } = this.#options;
    try {
      const before = this.#version;
      this.#version = await ask();
      if (before?.name !== this.#version.name) onChange();
      return againMs;
    } catch (error) {
      log.warn('the version of Kubernetes could not be asked', { error: String(error) });
      return afterFailureMs;
    }
  }
}
