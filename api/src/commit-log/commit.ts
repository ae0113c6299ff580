import type { Identified } from '../store/collections.ts';
import type { Refusal } from './refusal.ts';

/** Commits in one collection of a log: it is dropped as a whole. */
export const commitsPerLog = 4096;
/** Bytes of blocks in one commit, at which no further push joins it. */
export const commitBytes = 4 * 1024 * 1024;

/** A push as it stands in the log: all that another replica needs to know what this one knows. */
export interface LoggedPush {
  /** The node's key. */
  readonly n: string;
  /** When it came, by the clock of the replica that took it, unix ms. */
  readonly atMs: number;
  /** By how much the agent's clock was ahead when it came, ms; 0 within tolerance. */
  readonly skewMs: number;
  /** Ticks of the same push that were stored before. */
  readonly duplicate: number;
  /** The agent's report as JSON, or null. */
  readonly report: string | null;
  /** Bytes of each block in `body`, and what is added to its times: its epoch's shift, ms. */
  readonly lengths: readonly number[];
  readonly shifts: readonly number[];
  /** The blocks as they were pushed, one behind the other. */
  readonly body: Uint8Array;
  /** Instead of blocks: why some pushes of the node were refused. */
  readonly refusal?: Refusal;
}

/** `c` → many nodes' pushes. Inserted once. */
export interface CommitDocument extends Identified {
  /** Random: tells a commit that came through, though its answer was lost, from another's. */
  readonly mark: string;
  readonly pushes: readonly LoggedPush[];
}

/** The collection that holds a replica's commit c. */
export function logName(replica: string, c: number): string {
  return `log_${replica}_${Math.floor(c / commitsPerLog)}`;
}

/** The blocks of a logged push, and what is added to the times of each, ms. */
export function blocksOf(push: LoggedPush): { readonly bytes: Uint8Array; readonly shiftMs: number }[] {
  let offset = 0;
  return push.lengths.map((length, index) => {
    const bytes = push.body.subarray(offset, (offset += length));
    return { bytes, shiftMs: push.shifts[index] ?? 0 };
  });
}
