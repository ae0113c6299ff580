import { setTimeout as wait } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { StoreUnavailableError } from '../store/store.ts';

/** Does a job again and again, one turn after the other, until it is stopped; a turn that fails is logged. */
export class Loop {
  private readonly log = new Logger('Job');
  private readonly stopping = new AbortController();
  private readonly running: Promise<void>;

  /** `what` ends the sentence "the database does not let this replica …". */
  constructor(
    private readonly what: string,
    private readonly everyMs: number,
    private readonly turn: () => Promise<void>,
  ) {
    this.running = this.run();
  }

  /** Resolves when the turn that was under way has ended. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    let failedBefore = false;
    while (!this.stopping.signal.aborted) {
      try {
        await this.turn();
        failedBefore = false;
      } catch (error) {
        // A database that is away is said once, not four times a second.
        if (!(error instanceof StoreUnavailableError)) this.log.error({ err: error }, `cannot ${this.what}`);
        else if (!failedBefore) this.log.warn(`cannot ${this.what}: ${error.message}`);
        failedBefore = true;
      }
      await wait(this.everyMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }
}
