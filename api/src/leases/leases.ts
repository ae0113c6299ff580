import { Injectable } from '@nestjs/common';
import { Replica } from '../replicas/replica.ts';
import { Collections, type DocumentSet, type Identified } from '../store/collections.ts';

/** How long a lease holds, by the database's clock, ms. */
export const slotMs = 30_000;

/** `job/slot` → the replica that does that job until the slot ends. Inserted once: who inserts it does the job. */
interface LeaseDocument extends Identified {
  readonly r: string;
}

/**
 * Lets one replica at a time do a job, to save work: a holder that is slow may overlap with the next, so what is done
 * under a lease must be right all the same when two do it.
 */
@Injectable()
export class Leases {
  private readonly documents: DocumentSet<LeaseDocument>;

  constructor(
    private readonly collections: Collections,
    private readonly replica: Replica,
  ) {
    this.documents = collections.of('leases');
  }

  /** Whether this replica does the job now. Rejects with StoreUnavailableError. */
  async hold(job: string): Promise<boolean> {
    const slot = Math.floor((await this.collections.nowMs()) / slotMs);
    const _id = `${job}/${slot}`;
    if (await this.documents.insert({ _id, r: this.replica.id })) {
      await this.removeBefore(job, slot);
      return true;
    }
    return (await this.documents.find(_id))?.r === this.replica.id;
  }

  private async removeBefore(job: string, slot: number): Promise<void> {
    for (const { _id } of await this.documents.all()) {
      const [name, number] = _id.split('/');
      if (name === job && Number(number) < slot) await this.documents.remove(_id);
    }
  }
}
