import { Injectable } from '@nestjs/common';
import { LiveJobs } from '../live/live-jobs.ts';

/**
 * Whether this process should be sent requests. A database that goes away later is no reason against: what memory
 * holds is served, pushes are told when to come again, and no other replica could do better.
 */
@Injectable()
export class Readiness {
  constructor(private readonly jobs: LiveJobs) {}

  /** The reason against, or null when it is ready. */
  reasonAgainst(): string | null {
    return this.jobs.isReady ? null : 'the last 15 minutes are not read back from the database yet';
  }
}
