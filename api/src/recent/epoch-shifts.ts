import { Injectable } from '@nestjs/common';
import { Collections, type DocumentSet, type Identified } from '../store/collections.ts';

/** `n/epoch` → what is added to the times of that epoch's ticks, ms. Inserted once, with the first of them. */
interface EpochDocument extends Identified {
  readonly shiftMs: number;
}

/** Epochs remembered, over all nodes; beyond this the oldest is read again. */
const mostKnown = 20_000;

/**
 * What each epoch's clock is wrong by: found once, and the same for all its ticks and all replicas, so that a tick has
 * one true time, lies in one window, and is found there when it comes again. An agent whose clock is set opens an epoch.
 */
@Injectable()
export class EpochShifts {
  private readonly documents: DocumentSet<EpochDocument>;
  private readonly known = new Map<string, number>();

  constructor(collections: Collections) {
    this.documents = collections.of('epochs');
  }

  /** The epoch's shift: as it was found first, else `measuredMs`. */
  async of(nodeId: string, epoch: string, measuredMs: number): Promise<number> {
    const _id = `${nodeId}/${epoch}`;
    const known = this.known.get(_id);
    if (known !== undefined) return known;
    const document = { _id, shiftMs: measuredMs };
    const isFirst = await this.documents.insert(document);
    const { shiftMs } = isFirst ? document : ((await this.documents.find(_id)) ?? document);
    this.remember(_id, shiftMs);
    return shiftMs;
  }

  private remember(id: string, shiftMs: number): void {
    this.known.set(id, shiftMs);
    if (this.known.size <= mostKnown) return;
    for (const oldest of this.known.keys()) {
      this.known.delete(oldest);
      return;
    }
  }
}
