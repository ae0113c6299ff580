import type { KnownEntity } from './store.ts';

type Incarnation = KnownEntity['incarnations'][number];

/** Starts kept per container: a crash loop adds one every few minutes. */
export const mostIncarnations = 100;

/** Both lists in one, each incarnation once with its newest sighting, newest start first, bounded. */
export function mergeIncarnations(a: readonly Incarnation[], b: readonly Incarnation[]): readonly Incarnation[] {
  const byStart = new Map<string, Incarnation>();
  for (const incarnation of [...a, ...b]) {
    const id = `${incarnation.runtimeId}/${incarnation.startedAtMs}`;
    const known = byStart.get(id);
    if (known === undefined || known.lastSeenMs < incarnation.lastSeenMs) byStart.set(id, incarnation);
  }
  return [...byStart.values()]
    .sort((x, y) => y.startedAtMs - x.startedAtMs || y.lastSeenMs - x.lastSeenMs)
    .slice(0, mostIncarnations);
}
