/** Inclusive ranges of sequence numbers, disjoint, ascending, never adjacent. */
export type Ranges = readonly (readonly [first: number, last: number])[];

/** What of [first, last] is in none of the ranges, ascending. */
export function outside(ranges: Ranges, first: number, last: number): Ranges {
  const left: [number, number][] = [];
  let from = first;
  for (const [start, end] of ranges) {
    if (end < from || start > last) continue;
    if (start > from) left.push([from, start - 1]);
    from = end + 1;
  }
  if (from <= last) left.push([from, last]);
  return left;
}

/** Adds [first, last]; returns the new ranges and how many numbers were not in them before. */
export function addRange(ranges: Ranges, first: number, last: number): { ranges: Ranges; added: number } {
  const touching = ranges.filter(([from, to]) => from <= last + 1 && to >= first - 1);
  const known = touching.reduce(
    (sum, [from, to]) => sum + Math.max(0, Math.min(to, last) - Math.max(from, first) + 1),
    0,
  );
  const merged = [
    Math.min(first, ...touching.map(([from]) => from)),
    Math.max(last, ...touching.map(([, to]) => to)),
  ] as const;
  const rest = ranges.filter((range) => !touching.includes(range));
  return { ranges: [...rest, merged].sort(([a], [b]) => a - b), added: last - first + 1 - known };
}
