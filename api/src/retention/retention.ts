import { Injectable, Logger } from '@nestjs/common';
import { Config } from '../config.ts';
import { Leases } from '../leases/leases.ts';
import { agesOf } from './ages.ts';
import { DatabaseSize } from '../store/database-size.ts';
import { KeptShare, nextShare } from './share.ts';
import { Subjects } from './subjects.ts';

/** A database that is too large is made smaller in so many steps a round. */
const mostSteps = 20;

/** Removes what is older than it is to be kept, and more when the database would be too large. */
@Injectable()
export class Retention {
  private readonly log = new Logger('Retention');

  constructor(
    private readonly leases: Leases,
    private readonly subjects: Subjects,
    private readonly size: DatabaseSize,
    private readonly share: KeptShare,
    private readonly config: Config,
  ) {}

  /** One round. Rejects with StoreUnavailableError: the next one does what is left. */
  async turn(): Promise<void> {
    if (!(await this.leases.hold('retention'))) return;
    let share = await this.share.get();
    await this.subjects.remove(agesOf(this.config, share));
    const limitBytes = this.config.retentionBytes;
    for (let step = 0; step < mostSteps; step += 1) {
      const next = limitBytes === undefined ? 1 : nextShare(share, await this.size.bytes(), limitBytes);
      if (next === share) return;
      await this.share.set(next);
      this.tell(next, share);
      const isShrinking = next < share;
      share = next;
      if (!isShrinking) return;
      await this.subjects.remove(agesOf(this.config, share));
    }
  }

  private tell(next: number, share: number): void {
    const percent = Math.round(next * 100);
    if (next < share) this.log.warn(`the database is larger than it may be: ${percent} % of each age is kept`);
    else this.log.log(`${percent} % of each age is kept`);
  }
}
