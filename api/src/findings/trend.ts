/** A sample of something: when, unix ms, and how much. */
export interface Point {
  readonly timeMs: number;
  readonly value: number;
}

/** How points move. */
export interface Trend {
  /** Per ms: the median of the slopes of all pairs (Theil and Sen), which a few wild points do not move. */
  readonly perMs: number;
  /** -1 to 1: of all pairs, the share that rises less the share that falls (Kendall's tau). 1 never falls. */
  readonly steadiness: number;
}

/** Points that a trend is made of at most: pairs grow with their square. */
const mostPoints = 40;

/** The trend of points, ascending in time; undefined of fewer than two. */
export function trendOf(points: readonly Point[]): Trend | undefined {
  const some = thinned(points, mostPoints);
  const slopes: number[] = [];
  let rising = 0;
  for (const [index, one] of some.entries()) {
    for (const other of some.slice(index + 1)) {
      const slope = (other.value - one.value) / (other.timeMs - one.timeMs);
      slopes.push(slope);
      rising += Math.sign(slope);
    }
  }
  if (slopes.length === 0) return undefined;
  return { perMs: medianOf(slopes), steadiness: rising / slopes.length };
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** At most so many of them, evenly spread, the first and the last among them. */
function thinned(points: readonly Point[], most: number): readonly Point[] {
  if (points.length <= most) return points;
  const step = (points.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => points[Math.round(index * step)]).filter(
    (point) => point !== undefined,
  );
}
