import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Replica } from '../replicas/replica.ts';
import { Collections } from '../store/collections.ts';
import { StoreUnavailableError } from '../store/store.ts';
import { commitBytes, type CommitDocument, type LoggedPush, logName } from './commit.ts';
import { Pace } from './pace.ts';

/** From one commit to the next, in ms: what comes meanwhile goes together. */
const pauseMs = 20;
/** From one attempt to the next while the database does not answer, in ms. */
const retryMs = 250;
/** How long a push waits for its commit, in ms: its sender keeps it and comes again. */
export const commitMs = 3000;

interface Waiting {
  readonly push: LoggedPush;
  /** Hears the number of the commit, when the push is known to be stored and before the sender hears of it. */
  readonly stored: (c: number) => void;
  readonly resolve: () => void;
}

/** A replica's log: one insert at a time, in which all that came meanwhile goes together. */
@Injectable()
export class LogWriter {
  private waiting: Waiting[] = [];
  private running: Promise<void> | null = null;
  private isStopped = false;
  private next = 0;

  constructor(
    private readonly collections: Collections,
    private readonly replica: Replica,
    private readonly pace: Pace,
  ) {}

  /** The number of the next commit. */
  get nextCommit(): number {
    return this.next;
  }

  /**
   * Resolves when the push is known to be stored where every replica reads it. Rejects with StoreUnavailableError
   * after commitMs: it may come to be stored all the same, and `stored` then hears of it.
   */
  async append(push: LoggedPush, stored: (c: number) => void): Promise<void> {
    if (this.isStopped) throw new StoreUnavailableError('this replica stops; send the push again, to another');
    let timer: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        const one = { push, stored, resolve };
        timer = setTimeout(() => {
          this.waiting = this.waiting.filter((other) => other !== one);
          reject(new StoreUnavailableError(`the database did not store the push within ${commitMs} ms; send it again`));
        }, commitMs);
        this.waiting.push(one);
        this.running ??= this.run();
      });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Lets the commit in flight end, and begins no other. */
  async stop(): Promise<void> {
    this.isStopped = true;
    await this.running;
  }

  private async run(): Promise<void> {
    // What comes in the same turn goes together.
    await Promise.resolve();
    while (this.waiting.length > 0 && !this.isStopped) {
      await this.commit(this.take());
      await this.pace.wait(pauseMs);
    }
    this.running = null;
  }

  private take(): readonly Waiting[] {
    let size = 0;
    const end = this.waiting.findIndex(({ push }, index) => (size += push.body.byteLength) > commitBytes && index > 0);
    return this.waiting.splice(0, end === -1 ? this.waiting.length : end);
  }

  private async commit(batch: readonly Waiting[]): Promise<void> {
    if (!(await this.store(batch.map(({ push }) => push)))) return;
    const c = this.next;
    this.next += 1;
    for (const { stored } of batch) stored(c);
    for (const { resolve } of batch) resolve();
  }

  /** Tries until the commit is known to be stored: its number is taken, and its content must stay the same. */
  private async store(pushes: readonly LoggedPush[]): Promise<boolean> {
    const mark = randomBytes(8).toString('hex');
    while (!this.isStopped) {
      try {
        if (await this.isStored({ _id: String(this.next), mark, pushes })) return true;
        this.replica.renew();
        this.next = 0;
      } catch (error) {
        if (!(error instanceof StoreUnavailableError)) throw error;
        await this.pace.wait(retryMs);
      }
    }
    return false;
  }

  /** False when this replica has ended, or its number is another's: it must go on as another. */
  private async isStored(commit: CommitDocument): Promise<boolean> {
    await this.replica.list();
    const log = this.collections.of<CommitDocument>(logName(this.replica.id, this.next));
    if (!(await log.insert(commit))) {
      const there = await log.find(commit._id);
      if (there?.mark !== commit.mark) return false;
    }
    return !(await this.replica.hasEnded());
  }
}
