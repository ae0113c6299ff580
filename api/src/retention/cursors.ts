import { Injectable } from '@nestjs/common';
import { Collections, type DocumentSet, type Identified } from '../store/collections.ts';

/** `tiers/subject` → the first span that was not removed yet. Replaced by the replica that holds the lease. */
interface CursorDocument extends Identified {
  readonly span: number;
}

/** How far spans are removed: what was removed once is not looked for again. */
@Injectable()
export class Cursors {
  private readonly documents: DocumentSet<CursorDocument>;

  constructor(collections: Collections) {
    this.documents = collections.of('cursors');
  }

  /** Undefined when nothing of it was ever removed. */
  async get(id: string): Promise<number | undefined> {
    return (await this.documents.find(id))?.span;
  }

  async set(id: string, span: number): Promise<void> {
    await this.documents.replace([{ _id: id, span }]);
  }
}
