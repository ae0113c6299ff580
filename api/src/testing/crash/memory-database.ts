import type { Clock } from '../../clock.ts';
import { Collections, type DocumentSet, type Identified } from '../../store/collections.ts';

/**
 * What MongoDB promises of single documents and no more: each call below happens at one moment, wholly; an insert
 * fails when the `_id` is there; an upsert of one document never makes two; nothing holds for two documents together.
 */
export class MemoryDatabase extends Collections {
  private readonly sets = new Map<string, unknown>();
  private readonly clock: Clock;

  constructor(clock: Clock) {
    super();
    this.clock = clock;
  }

  /** The names of those that hold something. */
  get names(): readonly string[] {
    return [...this.sets].filter(([, set]) => set instanceof MemoryDocuments && set.size > 0).map(([name]) => name);
  }

  override of<D extends Identified>(name: string): DocumentSet<D> {
    const known = this.sets.get(name);
    if (known instanceof MemoryDocuments) return known;
    const made = new MemoryDocuments<D>();
    this.sets.set(name, made);
    return made;
  }

  override async nowMs(): Promise<number> {
    return Promise.resolve(this.clock.nowMs());
  }
}

class MemoryDocuments<D extends Identified> implements DocumentSet<D> {
  private readonly documents = new Map<string, D>();

  get size(): number {
    return this.documents.size;
  }

  async find(id: string): Promise<D | undefined> {
    return Promise.resolve(this.documents.get(id));
  }

  async all(): Promise<readonly D[]> {
    return Promise.resolve([...this.documents.values()]);
  }

  async insert(document: D): Promise<boolean> {
    if (this.documents.has(document._id)) return Promise.resolve(false);
    this.documents.set(document._id, document);
    return Promise.resolve(true);
  }

  async replace(documents: readonly D[]): Promise<void> {
    for (const document of documents) this.documents.set(document._id, document);
    return Promise.resolve();
  }

  async remove(id: string): Promise<void> {
    this.documents.delete(id);
    return Promise.resolve();
  }

  async drop(): Promise<void> {
    this.documents.clear();
    return Promise.resolve();
  }
}
