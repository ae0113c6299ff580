import type { Clock } from '../clock.ts';
import { StoreUnavailableError } from '../store/store.ts';

/** How long an answer of the database is believed, in ms: so long may a logout or revocation elsewhere go unnoticed. */
export const believedMs = 5000;
/** The same while the database is away, in ms: what is in memory stays readable to those who were let in. */
export const believedAloneMs = 15 * 60_000;
/** Documents remembered between requests; beyond this the oldest are asked for again. */
const remembered = 10_000;

/** Documents that say who is let in, each asked for at most every few seconds. What is not there is not remembered. */
export class Believed<D extends { readonly _id: string }> {
  private readonly seen = new Map<string, { readonly document: D; readonly atMs: number }>();

  constructor(
    private readonly find: (id: string) => Promise<D | undefined>,
    private readonly clock: Clock,
  ) {}

  /** Rejects with StoreUnavailableError when the database does not answer and was not asked for too long. */
  async get(id: string): Promise<D | undefined> {
    const nowMs = this.clock.nowMs();
    const seen = this.seen.get(id);
    if (seen !== undefined && nowMs - seen.atMs < believedMs) return seen.document;
    try {
      const found = await this.find(id);
      this.seen.delete(id);
      if (found !== undefined) this.remember(found, nowMs);
      return found;
    } catch (error) {
      const trusted = seen !== undefined && nowMs - seen.atMs < believedAloneMs;
      if (error instanceof StoreUnavailableError && trusted) return seen.document;
      throw error;
    }
  }

  has(id: string): boolean {
    return this.seen.has(id);
  }

  /** Takes a document that this replica changed, as new as what was asked last. */
  put(document: D): void {
    this.remember(document, this.seen.get(document._id)?.atMs ?? this.clock.nowMs());
  }

  forget(id: string): void {
    this.seen.delete(id);
  }

  private remember(document: D, atMs: number): void {
    this.seen.set(document._id, { document, atMs });
    const oldest = this.seen.keys().next();
    if (this.seen.size > remembered && oldest.done !== true) this.seen.delete(oldest.value);
  }
}
