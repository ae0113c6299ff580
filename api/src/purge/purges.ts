import { Injectable } from '@nestjs/common';
import { Collections, type DocumentSet, type Identified } from '../store/collections.ts';

/** `n` → everything of that node up to the end of a window is to go. Written by the replica that holds the lease. */
export interface PurgeDocument extends Identified {
  readonly cluster: string;
  /** UID of the monitor whose deletion asked for it. */
  readonly monitorUid: string;
  readonly askedMs: number;
  /** The last window that goes: the one in which it was asked for. */
  readonly throughWindow: number;
  /** When all that was there had gone; undefined before. */
  readonly clearedMs?: number;
  /** When it was last looked for what came late. */
  readonly lookedMs?: number;
}

/** The nodes whose past is to go. There are none nearly always. */
@Injectable()
export class Purges {
  private readonly documents: DocumentSet<PurgeDocument>;

  constructor(collections: Collections) {
    this.documents = collections.of('purges');
  }

  all(): Promise<readonly PurgeDocument[]> {
    return this.documents.all();
  }

  /** Asks for it once for each monitor: a later one's nodes have a past of their own. */
  async ask(purge: PurgeDocument): Promise<void> {
    const before = await this.documents.find(purge._id);
    if (before?.monitorUid !== purge.monitorUid) await this.documents.replace([purge]);
  }

  async note(purge: PurgeDocument): Promise<void> {
    await this.documents.replace([purge]);
  }

  async end(nodeId: string): Promise<void> {
    await this.documents.remove(nodeId);
  }
}
