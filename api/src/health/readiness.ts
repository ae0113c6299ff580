import { Injectable } from '@nestjs/common';
import { MemoryKeeper } from '../live/memory-keeper.ts';
import { Database } from '../store/database.ts';
import { StoreUnavailableError } from '../store/store.ts';

/** Whether this process should be sent requests, and if not, why. */
@Injectable()
export class Readiness {
  constructor(
    private readonly keeper: MemoryKeeper,
    private readonly database: Database,
  ) {}

  /** The reason, or null when it is ready. Bounded in time like every call to the database. */
  async reasonAgainst(): Promise<string | null> {
    try {
      await this.database.ping();
    } catch (error) {
      if (error instanceof StoreUnavailableError) return error.message;
      throw error;
    }
    return this.keeper.ready ? null : 'the last 15 minutes are still being read back';
  }
}
