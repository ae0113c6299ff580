import type { Model } from 'mongoose';
import { bounded, isDuplicateKey } from './bounded.ts';

interface Identified {
  _id: string;
}

/** How many documents one bulk command replaces. */
const bulkSize = 200;

/** The few commands that documents are used by: each names one `_id`, and is bounded in time (bounded.ts). */
export class Documents<D extends Identified> {
  private readonly model: Model<D>;
  /** Writes go past Mongoose's own documents: what is written here is made here, and large. */
  private readonly collection;

  constructor(model: Model<D>) {
    this.model = model;
    this.collection = model.db.collection<Identified>(model.collection.name);
  }

  /** The document, or undefined. `without` names a large field that is not wanted. */
  async find(id: string, without?: keyof D & string): Promise<D | undefined> {
    const projection = without === undefined ? {} : { [without]: 0 };
    const found = await bounded('read', () => this.model.findOne({ _id: id }, projection).lean<D | null>().exec());
    return found ?? undefined;
  }

  /** Every document: for small collections only. */
  async all(): Promise<readonly D[]> {
    return bounded('list', () => this.model.find().lean<D[]>().exec());
  }

  /** Inserts; false when a document with this `_id` is there already. */
  async insert(document: D): Promise<boolean> {
    try {
      await bounded('store', () => this.collection.insertOne(document));
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /** Writes documents whether or not they are there; of two writers at once the later one stays. */
  async replace(documents: readonly D[]): Promise<void> {
    for (let from = 0; from < documents.length; from += bulkSize) {
      const operations = documents.slice(from, from + bulkSize).map((document) => ({
        replaceOne: { filter: { _id: document._id }, replacement: document, upsert: true },
      }));
      try {
        await bounded('store', () => this.collection.bulkWrite(operations));
      } catch (error) {
        // Two that make the same document at once: one of them finds it there, and replaces it now.
        if (!isDuplicateKey(error)) throw error;
        await bounded('store', () => this.collection.bulkWrite(operations));
      }
    }
  }

  async remove(id: string): Promise<void> {
    await bounded('remove', () => this.model.deleteOne({ _id: id }).exec());
  }
}
