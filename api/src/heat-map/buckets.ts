/** How far below the largest value the smallest edge above 0 lies: what is less is all the same in a picture. */
const range = 1e4;

/** The edges of buckets from 0 to the largest value of all series: 0, then in proportion. [0] where nothing is above 0. */
export function edgesOf(series: readonly Float64Array[], buckets: number): number[] {
  let largest = 0;
  for (const values of series) for (const value of values) if (value > largest) largest = value;
  if (largest === 0) return [0];
  const edge = (index: number): number => largest * range ** ((index - buckets) / Math.max(1, buckets - 1));
  // The last is the largest value itself, whatever a power of 0 rounds to.
  return [0, ...Array.from({ length: buckets - 1 }, (_, index) => edge(index + 1)), largest];
}

/** Per step, how many values lie in each bucket; what is not known (NaN) lies in none, what is below 0 in the first. */
export function countsOf(series: readonly Float64Array[], edges: readonly number[], steps: number): number[][] {
  const buckets = Math.max(1, edges.length - 1);
  const counts = Array.from({ length: steps }, () => Array<number>(buckets).fill(0));
  for (const values of series) {
    for (const [step, value] of values.entries()) {
      const at = counts[step];
      if (at === undefined || Number.isNaN(value)) continue;
      const bucket = bucketOf(value, edges);
      at[bucket] = (at[bucket] ?? 0) + 1;
    }
  }
  return counts;
}

/** By halves: the first bucket whose upper edge is not below the value. */
function bucketOf(value: number, edges: readonly number[]): number {
  let low = 0;
  let high = Math.max(0, edges.length - 2);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= (edges[middle + 1] ?? Infinity)) high = middle;
    else low = middle + 1;
  }
  return low;
}
