import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { bounded, isDuplicateKey } from './bounded.ts';
import { Collections, type DocumentSet, type Identified } from './collections.ts';
import { StoreUnavailableError } from './store.ts';

/** How many documents one bulk command replaces. */
const bulkSize = 200;

/** Collections of the connection's database. They come to be with their first document. */
@Injectable()
export class MongoCollections extends Collections {
  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  override of<D extends Identified>(name: string): DocumentSet<D> {
    return new MongoDocuments<D>(this.connection, name);
  }

  /** As `hello` says it, which every server answers. */
  override async nowMs(): Promise<number> {
    const answer = await bounded('tell the time', async () => this.connection.db?.command({ hello: 1 }));
    const localTime: unknown = answer?.['localTime'];
    if (!(localTime instanceof Date)) throw new StoreUnavailableError('the database did not tell its time; try again');
    return localTime.getTime();
  }
}

class MongoDocuments<D extends Identified> implements DocumentSet<D> {
  constructor(
    private readonly connection: Connection,
    private readonly name: string,
  ) {}

  /** From the driver: Mongoose would keep every name for ever, and logs and rosters have new ones all the time. */
  private get collection() {
    const { db } = this.connection;
    if (db === undefined) throw new StoreUnavailableError('the database is not connected yet; try again');
    return db.collection<Identified>(this.name);
  }

  async find(id: string, ...without: readonly (keyof D & string)[]): Promise<D | undefined> {
    const projection = Object.fromEntries(without.map((field) => [field, 0]));
    return (await bounded('read', () => this.collection.findOne<D>({ _id: id }, { projection }))) ?? undefined;
  }

  all(): Promise<readonly D[]> {
    return bounded('list', () => this.collection.find<D>({}).toArray());
  }

  async insert(document: D): Promise<boolean> {
    try {
      await bounded('store', () => this.collection.insertOne(document));
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

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
    await bounded('remove', () => this.collection.deleteOne({ _id: id }));
  }

  async drop(): Promise<void> {
    await bounded('drop', () => this.collection.drop());
  }
}
