import { pause } from '../pause.ts';
import type { Timers } from '../work-queue.ts';
import type { KnownReporting, Reporting, ReportingAnswer, UnknownReporting } from './reporting.ts';
import { reportingOf } from './reporting.ts';

const everyMs = 10_000;
/** While a node is late, so that it is named within a minute of its last sample. */
const everyMsWhenLate = 5000;
const lateIntervals = 2;
/**
 * An API that does not answer may be changing its pod: for this long its last word counts. Less than the 45 s after
 * which nodes are called silent, for while nothing can be asked nothing is known of them.
 */
const graceMs = 30_000;

interface Options {
  readonly ask: () => Promise<ReportingAnswer | UnknownReporting>;
  /** Called with each answer, after it can be read. */
  readonly onAnswer: () => void;
  readonly isNeeded: () => boolean;
  readonly timers: Timers;
  readonly wallMs: () => number;
}

/** Asks the API every ten seconds while there is a monitor, and keeps what is known. */
export class ReportingAsker {
  readonly #options: Options;
  #known: KnownReporting | undefined;
  #last: Reporting = { kind: 'unknown', reason: 'NotAskedYet', message: 'the API has not been asked yet' };

  constructor(options: Options) {
    this.#options = options;
  }

  get last(): Reporting {
    return this.#last;
  }

  /** Runs until aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { timers, wallMs, isNeeded } = this.#options;
    do {
      if (isNeeded()) await this.#askOnce();
    } while (await pause(timers, periodMs(this.#last, wallMs()), signal));
  }

  async #askOnce(): Promise<void> {
    const answer = await this.#options.ask();
    this.#last = 'kind' in answer ? this.#withoutAnswer(answer) : this.#withAnswer(answer);
    this.#options.onAnswer();
  }

  #withAnswer(answer: ReportingAnswer): Reporting {
    this.#known = reportingOf(answer, this.#options.wallMs(), this.#last, this.#known);
    return this.#known;
  }

  #withoutAnswer(why: UnknownReporting): Reporting {
    const { wallMs } = this.#options;
    return this.#known !== undefined && wallMs() - this.#known.askedAtMs < graceMs ? this.#known : why;
  }
}

/** How long to wait before asking again. */
export function periodMs(last: Reporting, nowMs: number): number {
  if (last.kind === 'unknown') return everyMs;
  const isLate = [...last.byNodeUid.values()].some(({ heardAtMs, intervalMs }) => {
    return heardAtMs !== null && nowMs - heardAtMs > lateIntervals * intervalMs;
  });
  return isLate ? everyMsWhenLate : everyMs;
}
