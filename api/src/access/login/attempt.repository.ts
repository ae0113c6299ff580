import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { bounded } from '../../store/bounded.ts';
import { Documents } from '../../store/documents.ts';
import { AttemptDocument } from './attempt.schema.ts';

/** Slots of login attempts: few, for old ones are removed. */
@Injectable()
export class AttemptRepository {
  private readonly documents: Documents<AttemptDocument>;

  constructor(@InjectModel(AttemptDocument.name) private readonly model: Model<AttemptDocument>) {
    this.documents = new Documents(model);
  }

  /** Those of the slots that are taken. */
  async among(slots: readonly string[]): Promise<readonly AttemptDocument[]> {
    return bounded('read', () =>
      this.model
        .find({ _id: { $in: slots } })
        .lean<AttemptDocument[]>()
        .exec(),
    );
  }

  /** Takes a slot; false when somebody else was faster. */
  async take(slot: string, atMs: number): Promise<boolean> {
    return this.documents.insert({ _id: slot, atMs });
  }

  async remove(slot: string): Promise<void> {
    await this.documents.remove(slot);
  }

  async removeOlder(beforeMs: number): Promise<void> {
    await bounded('remove', () => this.model.deleteMany({ atMs: { $lt: beforeMs } }).exec());
  }
}
