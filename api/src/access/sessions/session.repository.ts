import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { bounded } from '../../store/bounded.ts';
import { Documents } from '../../store/documents.ts';
import { SessionDocument } from './session.schema.ts';

/** Sessions in the database: they outlive a restart, and every replica knows them. */
@Injectable()
export class SessionRepository {
  private readonly documents: Documents<SessionDocument>;

  constructor(@InjectModel(SessionDocument.name) private readonly model: Model<SessionDocument>) {
    this.documents = new Documents(model);
  }

  async find(id: string): Promise<SessionDocument | undefined> {
    return this.documents.find(id);
  }

  async insert(session: SessionDocument): Promise<void> {
    await this.documents.insert(session);
  }

  /** Never brings back a session that was removed meanwhile. */
  async touch(id: string, lastUsedMs: number): Promise<void> {
    await bounded('store', () => this.model.updateOne({ _id: id }, { $set: { lastUsedMs } }).exec());
  }

  async idsOf(username: string): Promise<readonly string[]> {
    const found = await bounded('list', () => this.model.find({ username }).lean<SessionDocument[]>().exec());
    return found.map(({ _id }) => _id);
  }

  async remove(id: string): Promise<void> {
    await this.documents.remove(id);
  }

  /** Removes those created or last used before a time. */
  async removeOlder(createdBeforeMs: number, usedBeforeMs: number): Promise<void> {
    const old = { $or: [{ createdMs: { $lt: createdBeforeMs } }, { lastUsedMs: { $lt: usedBeforeMs } }] };
    await bounded('remove', () => this.model.deleteMany(old).exec());
  }
}
