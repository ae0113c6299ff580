import { Injectable } from '@nestjs/common';
import { Collections, type DocumentSet, type Identified } from '../store/collections.ts';

/** What one step takes away from every age. */
const step = 0.95;
/** Below this share of its limit a database may keep more again. */
const roomy = 0.9;
/** However large a node's hour is, so much of each age is kept: less would be no history. */
export const leastShare = 0.01;

/** The share that comes after this one for a database of so many bytes; the same when there is nothing to change. */
export function nextShare(share: number, bytes: number, limitBytes: number): number {
  if (bytes > limitBytes) return Math.max(leastShare, share * step);
  return bytes < limitBytes * roomy ? Math.min(1, share / step) : share;
}

/** `share` → which part of the configured ages is kept. Replaced by the replica that holds the lease. */
interface ShareDocument extends Identified {
  readonly share: number;
}

/** Remembers over restarts how much is kept. */
@Injectable()
export class KeptShare {
  private readonly documents: DocumentSet<ShareDocument>;

  constructor(collections: Collections) {
    this.documents = collections.of('retention');
  }

  async get(): Promise<number> {
    return (await this.documents.find('share'))?.share ?? 1;
  }

  async set(share: number): Promise<void> {
    await this.documents.replace([{ _id: 'share', share }]);
  }
}
