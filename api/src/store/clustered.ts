import type { Connection } from 'mongoose';

/** Collections that grow with nodes and time; all others stay small, or go as a whole. */
const large = ['raw', 'm1', 'm5', 'h1', 'agg_m5', 'agg_h1'] as const;

/** NamespaceExists: https://www.mongodb.com/docs/manual/reference/error-codes/ */
const exists = 48;

/**
 * Makes the large collections, unless they are there, so that MongoDB keeps each document beside its `_id` in one tree,
 * which saves a second tree and the way from one to the other
 * (https://www.mongodb.com/docs/manual/core/clustered-collections/). A collection that is there stays as it is. FerretDB
 * takes the wish, and has one tree anyway.
 */
export async function makeClusteredCollections(connection: Connection): Promise<void> {
  for (const name of large) {
    try {
      await connection.db?.createCollection(name, { clusteredIndex: { key: { _id: 1 }, unique: true } });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === exists)) throw error;
    }
  }
}
