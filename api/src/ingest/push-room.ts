import { Injectable } from '@nestjs/common';
import { Problem } from '../problem/problem.ts';

/** Bytes of pushes that may wait for the database at once. */
export const roomBytes = 32 * 1024 * 1024;
/** How long a push may wait, in ms: the sender keeps it and comes again. */
export const pushMs = 4500;
export const retryAfterSeconds = 5;

/** Bounds what waits for the database, in bytes and in time. */
@Injectable()
export class PushRoom {
  private taken = 0;

  /** Bytes of the pushes that wait now. */
  get waitingBytes(): number {
    return this.taken;
  }

  /** Runs the work, or rejects with Problem 503 when there is no room or it takes too long. */
  async hold<T>(byteLength: number, work: () => Promise<T>): Promise<T> {
    if (this.taken + byteLength > roomBytes) throw unavailable('too many pushes wait for the database');
    this.taken += byteLength;
    const outcome = work().finally(() => (this.taken -= byteLength));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(unavailable(`the push was not stored within ${pushMs} ms`));
      }, pushMs);
    });
    try {
      return await Promise.race([outcome, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

function unavailable(what: string): Problem {
  return new Problem(503, 'database_unavailable', `${what}; keep it and send it again`, { retryAfterSeconds });
}
