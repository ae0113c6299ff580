import { setTimeout as sleep } from 'node:timers/promises';
import type { Reporting } from './reporting.ts';

const everyMs = 10_000;

interface Options {
  readonly ask: (nowMs: number) => Promise<Reporting>;
  /** Called with each answer, after it can be read. */
  readonly onAnswer: () => void;
  readonly isNeeded: () => boolean;
}

/** Asks the API every ten seconds while there is a monitor, and keeps the last answer. */
export class ReportingAsker {
  readonly #options: Options;
  #last: Reporting = { kind: 'unknown', reason: 'NotAskedYet', message: 'the API has not been asked yet' };

  constructor(options: Options) {
    this.#options = options;
  }

  get last(): Reporting {
    return this.#last;
  }

  /** Runs until aborted. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if (this.#options.isNeeded()) {
        this.#last = await this.#options.ask(Date.now());
        this.#options.onAnswer();
      }
      await sleep(everyMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
