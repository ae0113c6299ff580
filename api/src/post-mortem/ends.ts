import type { Termination } from '@docksnap/contract';

export type DatedEnd = Termination & { readonly finishedAtMs: number };

/** Ends whose time is known, oldest first, each once. */
export function datedEnds(ends: readonly (Termination | null)[]): readonly DatedEnd[] {
  const byTime = new Map<number, DatedEnd>();
  for (const end of ends) {
    if (end?.finishedAtMs !== undefined) byTime.set(end.finishedAtMs, { ...end, finishedAtMs: end.finishedAtMs });
  }
  return [...byTime.values()].sort((one, other) => one.finishedAtMs - other.finishedAtMs);
}

/** The end nearest to a time, or the newest. */
export function chosenEnd(ends: readonly DatedEnd[], atMs: number | undefined): DatedEnd | undefined {
  if (atMs === undefined) return ends.at(-1);
  const distance = ({ finishedAtMs }: DatedEnd) => Math.abs(finishedAtMs - atMs);
  return ends.reduce<DatedEnd | undefined>(
    (best, end) => (best === undefined || distance(end) < distance(best) ? end : best),
    undefined,
  );
}
