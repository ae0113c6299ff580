import type { SizedContainer } from '@docksnap/contract';
import type { MarkKind } from '../ui/mark.ts';
import { hintWords, isMore } from './sizing-rows.ts';

/** What a list says of a workload in one line. */
export interface WorkloadHint {
  readonly mark: MarkKind;
  readonly words: string;
  /** All of it, for who points at it. */
  readonly why: string;
}

/** One line for each workload of which something can be said, by namespace/kind/name: what is too little comes first. */
export function workloadHints(items: readonly SizedContainer[]): ReadonlyMap<string, WorkloadHint> {
  const byWorkload = Map.groupBy(items, ({ namespace, kind, workload }) => `${namespace}/${kind}/${workload}`);
  return new Map(
    [...byWorkload].flatMap(([key, containers]): [string, WorkloadHint][] => {
      const hint = hintOf(containers);
      return hint === undefined ? [] : [[key, hint]];
    }),
  );
}

function hintOf(containers: readonly SizedContainer[]): WorkloadHint | undefined {
  const all = containers.flatMap(({ container, hints }) => hints.map((hint) => ({ container, hint })));
  const [first] = all.toSorted((a, b) => Number(isMore(b.hint)) - Number(isMore(a.hint)));
  if (first !== undefined) {
    const words = all.length === 1 ? hintWords(first.hint) : `${hintWords(first.hint)} and ${all.length - 1} more`;
    const why = all.map(({ container, hint }) => `${container}: ${hintWords(hint)}, ${hint.why}`).join('\n');
    return { mark: isMore(first.hint) ? 'warning' : 'ok', words, why };
  }
  const unsure = containers.find((one) => one.unsure !== null && one.confidence !== 'none')?.unsure ?? null;
  if (unsure !== null) return { mark: 'unknown', words: unsure, why: unsure };
  return containers.every(({ confidence }) => confidence !== 'none')
    ? { mark: 'ok', words: 'fits', why: 'what is set fits what was used' }
    : undefined;
}
