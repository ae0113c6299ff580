import { Injectable } from '@nestjs/common';
import { MemoryKeeper } from '../live/memory-keeper.ts';

/**
 * Whether this process should be sent requests. A database that goes away later is no reason against: what memory
 * holds is served, pushes are told when to come again, and no other replica could do better.
 */
@Injectable()
export class Readiness {
  constructor(private readonly keeper: MemoryKeeper) {}

  /** The reason against, or null when it is ready. */
  reasonAgainst(): string | null {
    return this.keeper.ready ? null : 'the last 15 minutes are not read back from the database yet';
  }
}
