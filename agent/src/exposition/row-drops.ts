/** Why a row of a kubelet page brings no sample. Counted, never fatal. */
export const rowDropReasons = [
  /** Not `name{labels} value [timestamp]`. */
  'malformed',
  /** Longer than a line may be. */
  'overlong',
  /** NaN, infinite, or beyond 2^53 - 1 units. */
  'bad_value',
  /** The same series twice on one page. */
  'duplicate',
  /** Its sample time is further than a second from that of its entity's other rows. */
  'mixed_time',
  /** Its sample time is too far from the tick. */
  'time_out_of_range',
  /** It belongs to a container that the pod list does not know (yet, or no longer). */
  'unknown_container',
  /** More label sets or entities than a page or block may have. */
  'too_many',
] as const;
export type RowDropReason = (typeof rowDropReasons)[number];

/** Counts dropped rows by reason. */
export class RowDrops {
  readonly #counts = new Map<RowDropReason, number>();

  add(reason: RowDropReason, rows = 1): void {
    this.#counts.set(reason, this.count(reason) + rows);
  }

  count(reason: RowDropReason): number {
    return this.#counts.get(reason) ?? 0;
  }
}
