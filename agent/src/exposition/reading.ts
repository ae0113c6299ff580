import type { GroupKind } from '@docksnap/contract';
import { metricsOf } from './families.ts';
import type { RowDropReason } from './row-drops.ts';
import type { Subject } from './subject.ts';

/** Rows of one entity are taken at one moment; the runtime's own clocks may differ by this much within it. */
const sameMomentMs = 1000;

/** One subject's rows of one group on one page. Kept from page to page, so that a scrape allocates little. */
export class Reading {
  readonly subject: Subject;
  readonly group: GroupKind;
  /** By metricsOf(group); NaN where the page has no row. */
  readonly values: Float64Array;
  /** Unix ms of the sample; NaN when the rows carry no time. */
  sampleMs = NaN;
  /** Unix ms of the container's start; NaN when the page does not tell. */
  startedAtMs = NaN;
  /** Whether the current page has any row of it. */
  seen = false;
  /** Rows taken from the current page. */
  rows = 0;
  /** Sample time last handed on: an unchanged sample is not sent twice. */
  sentSampleMs = NaN;
  /** Sample time and start last refused, for want of an owner in a pod list that had just been read. */
  refusedSampleMs = NaN;
  refusedStartMs = NaN;

  constructor(subject: Subject, group: GroupKind) {
    this.subject = subject;
    this.group = group;
    this.values = new Float64Array(metricsOf(group).length).fill(NaN);
  }

  /** Empties the reading for the next page. */
  reset(): void {
    this.values.fill(NaN);
    this.sampleMs = NaN;
    this.startedAtMs = NaN;
    this.seen = false;
    this.rows = 0;
  }

  /**
   * Takes a row's value, or says why not. The first row sets the sample time.
   * @param times the row's time alone, unix ms, NaN when it has none: in an array it takes no memory of its own
   */
  take(column: number, value: number, times: Float64Array, summed: boolean): RowDropReason | undefined {
    const timestampMs = times[0] ?? NaN;
    if (this.rows > 0 && Math.abs(timestampMs - this.sampleMs) > sameMomentMs) return 'mixed_time';
    const before = this.values[column] ?? NaN;
    if (!Number.isNaN(before) && !summed) return 'duplicate';
    const after = Number.isNaN(before) ? value : before + value;
    if (Math.abs(after) > Number.MAX_SAFE_INTEGER) return 'bad_value';
    if (this.rows === 0) this.sampleMs = timestampMs;
    this.rows++;
    this.values[column] = after;
    return undefined;
  }
}
