/** A part of a raw window that no roll-up is known to have read. */
export interface DirtyPart {
  readonly nodeId: string;
  readonly window: number;
  /** The part's number within its window. */
  readonly part: number;
  /** When it was marked, unix ms. */
  readonly markedMs: number;
}

/**
 * What is still to be rolled up. A part is marked before it is inserted, so that no crash between the two leaves a
 * part of which nobody knows; and a roll-up that read the parts of a window up to a number removes the marks of those
 * alone, so that a part that comes meanwhile keeps its own.
 */
export abstract class DirtyWindows {
  /** Says that a part is about to be inserted; saying it again changes nothing. Rejects with StoreUnavailableError. */
  abstract mark(nodeId: string, window: number, part: number): Promise<void>;
  /** Every mark, in no order. */
  abstract list(): Promise<readonly DirtyPart[]>;
  /** Removes the marks of parts that were read. */
  abstract remove(parts: readonly DirtyPart[]): Promise<void>;
}
