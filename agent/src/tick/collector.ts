import type { Zstd } from '@docksnap/contract/codec';
import type { Epoch } from '../epoch/epoch.ts';
import type { Source } from '../source/source.ts';
import type { CollectedTick } from '../spool/active-segment.ts';
import { RosterKeeper } from './roster-keeper.ts';

export interface CollectorParts {
  readonly source: Pick<Source, 'gather'>;
  readonly epoch: Epoch;
  readonly zstd: Zstd;
}

/** Makes ticks: asks the source what is new, numbers it, and encodes it as a block. */
export class Collector {
  readonly #parts: CollectorParts;
  readonly #rosters: RosterKeeper;

  constructor(parts: CollectorParts) {
    this.#parts = parts;
    this.#rosters = new RosterKeeper(parts.zstd);
  }

  /** One block of ticks, or undefined when the source could not be read: then no sequence number is used. */
  async collect(): Promise<CollectedTick | undefined> {
    const { source, epoch } = this.#parts;
    const tickMs = epoch.now();
    const gathered = await source.gather(tickMs);
    if (gathered === undefined) return undefined;
    const seq = epoch.collected + 1;
    const block = { epoch: epoch.id, firstSeq: seq, ...gathered.block };
    const { bytes, roster } = this.#rosters.encode(block);
    // Only now: a tick that cannot be encoded was never collected.
    const ticks = block.tickTimes.length;
    epoch.giveOut(ticks);
    return { epoch: epoch.id, seq, ticks, tickMs, bytes, descriptions: gathered.descriptions, roster };
  }
}
