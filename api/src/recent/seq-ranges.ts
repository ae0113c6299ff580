/** Ranges of numbers, ascending: first and last of each, one behind the other, for arrays in arrays are not stored. */
export type FlatRanges = readonly number[];

type SeqRange = readonly [first: number, last: number];

/** Distinct sequence numbers: adding one again changes nothing, so what several replicas counted can be put together. */
export class SeqRanges {
  /** Ascending, with a hole between each two. */
  private ranges: SeqRange[] = [];

  get flat(): FlatRanges {
    return this.ranges.flat();
  }

  get size(): number {
    return this.ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  }

  addAll(ranges: FlatRanges): void {
    for (let at = 0; at + 1 < ranges.length; at += 2) this.add(ranges[at] ?? 0, ranges[at + 1] ?? 0);
  }

  add(first: number, last: number): void {
    const newest = this.ranges.at(-1);
    if (newest !== undefined && first >= newest[0] && last <= newest[1]) return;
    const before = this.ranges.filter((range) => range[1] < first - 1);
    const after = this.ranges.filter((range) => range[0] > last + 1);
    const touched = this.ranges.slice(before.length, this.ranges.length - after.length);
    const from = Math.min(first, ...touched.map((range) => range[0]));
    const to = Math.max(last, ...touched.map((range) => range[1]));
    this.ranges = [...before, [from, to], ...after];
  }
}
