import type { RestartsAnswer } from '@docksnap/contract';

/** What befell a container at a moment, and where to read of it. */
export interface Moment {
  readonly kind: 'oom' | 'exit';
  readonly atMs: number;
  readonly containerId: string;
  /** namespace/name. */
  readonly subject: string;
  readonly words: string;
}

/** The ends of containers that were seen, oldest first. */
export function momentsOf(answer: RestartsAnswer): readonly Moment[] {
  return answer.items
    .flatMap(({ id, namespace, name, ends }) =>
      ends.flatMap(({ finishedAtMs, reason, exitCode }): Moment[] => {
        if (finishedAtMs === undefined) return [];
        const kind = reason === 'OOMKilled' ? 'oom' : 'exit';
        const words = kind === 'oom' ? 'OOM-killed' : `ended: ${reason}, exit code ${exitCode}`;
        return [{ kind, atMs: finishedAtMs, containerId: id, subject: `${namespace}/${name}`, words }];
      }),
    )
    .sort((a, b) => a.atMs - b.atMs);
}

/** The nearest moments before and after a cursor. */
export function neighbours(
  moments: readonly Moment[],
  atMs: number,
): { readonly before: Moment | undefined; readonly after: Moment | undefined } {
  return {
    before: moments.findLast((one) => one.atMs < atMs),
    after: moments.find((one) => one.atMs > atMs),
  };
}

/** Those within so long of a cursor, the nearest first. */
export function near(moments: readonly Moment[], atMs: number, withinMs: number): readonly Moment[] {
  return moments
    .filter((one) => Math.abs(one.atMs - atMs) <= withinMs)
    .toSorted((a, b) => Math.abs(a.atMs - atMs) - Math.abs(b.atMs - atMs));
}
