import type { NamedRoster } from '@docksnap/contract/codec';
import type { Identified } from '../store/collections.ts';

/** Where one block lies in a part's body, and which ticks it holds. */
export interface PartEntry {
  readonly epoch: string;
  readonly firstSeq: number;
  readonly ticks: number;
  /** True times: what the agent's clock was wrong by is taken out. */
  readonly firstTickMs: number;
  readonly lastTickMs: number;
  readonly byteLength: number;
  /** The pushed blocks that were merged into this one (packed-claims.ts). */
  readonly claims: Uint8Array;
}

/** `n/window/part` → blocks of one window, one behind the other. Numbers are dense from 0. Inserted once. */
export interface PartDocument extends Identified {
  readonly entries: readonly PartEntry[];
  readonly body: Uint8Array;
  /** The number of the roster of its day that its blocks name; absent: they name none. */
  readonly roster?: number;
}

/** A part, and what it takes to decode its blocks. */
export interface Part extends PartDocument {
  readonly base: NamedRoster | undefined;
}
