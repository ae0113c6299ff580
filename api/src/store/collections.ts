/** Every document is found by a string `_id` that can be computed. */
export interface Identified {
  readonly _id: string;
}

/**
 * The few things that are done with documents. Each call concerns single documents and is all that the database must
 * do at once; each is bounded in time and rejects with StoreUnavailableError, after which its outcome is not known.
 */
export interface DocumentSet<D extends Identified> {
  /** The document, or undefined. `without` names large fields that are not wanted. */
  find(id: string, ...without: readonly (keyof D & string)[]): Promise<D | undefined>;
  /** Every document: for small collections only. */
  all(): Promise<readonly D[]>;
  /** False when a document with this `_id` is there already. */
  insert(document: D): Promise<boolean>;
  /** Writes documents whether or not they are there. For documents that have one writer. */
  replace(documents: readonly D[]): Promise<void>;
  remove(id: string): Promise<void>;
  /** Removes the collection with all it holds, or does nothing where there is none. */
  drop(): Promise<void>;
}

/** The database as the store sees it: what a test puts in its place can fail, or end a replica, at each call. */
export abstract class Collections {
  abstract of<D extends Identified>(name: string): DocumentSet<D>;
  /** The database's clock, unix ms: the one clock that all replicas share. */
  abstract nowMs(): Promise<number>;
}
