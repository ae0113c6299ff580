import type { RestartsAnswer, TopAnswer, TopBy } from '@docksnap/contract';
import { counted, formatBytes, formatCores, formatRate, formatShare } from '../units.ts';

export interface RankChoice {
  readonly by: TopBy | 'restarts';
  readonly name: string;
  /** Over what time. */
  readonly sentence: string;
}

/** What containers are ranked by; the first is the default. */
export const rankChoices = [
  { by: 'cpu', name: 'CPU', sentence: 'mean of the last 15 min' },
  { by: 'memory', name: 'Memory', sentence: 'working set now' },
  { by: 'growth', name: 'Growth', sentence: 'of the working set over the last 15 min' },
  { by: 'throttled', name: 'Throttled', sentence: 'share of periods in the last 15 min' },
  { by: 'network', name: 'Network', sentence: 'in and out of the pod, mean of the last 15 min' },
  { by: 'restarts', name: 'Restarts', sentence: 'in the last day' },
] as const satisfies readonly [RankChoice, ...RankChoice[]];

/** One of those who are ranked. */
export interface TopRow {
  readonly key: string;
  /** Its page; null where it has none. */
  readonly link: readonly string[] | null;
  readonly namespace: string;
  readonly name: string;
  readonly place: string;
  readonly value: number;
  readonly words: string;
  /** The largest value of all: what the bar is measured by. */
  readonly largest: number;
}

const wordsOf: Readonly<Record<TopBy, (value: number) => string>> = {
  cpu: formatCores,
  memory: formatBytes,
  growth: (value) => `${formatBytes(value)}/h`,
  throttled: formatShare,
  network: formatRate,
};

/** Containers, and pods where that is counted per pod. Who has nothing of it is left out. */
export function topRows({ by, items }: TopAnswer): readonly TopRow[] {
  const some = items.filter(({ value }) => value > 0);
  const largest = some[0]?.value ?? 0;
  return some.map(({ key, name, namespace, pod, node, value }) => ({
    key,
    link: key.split('~').length === 3 ? ['/containers', key] : null,
    namespace: namespace ?? '',
    name: name === '' ? key : name,
    place: [pod, node].filter((one) => one !== null && one !== name).join(' on '),
    value,
    words: wordsOf[by](value),
    largest,
  }));
}

export function restartRows({ items }: RestartsAnswer): readonly TopRow[] {
  const largest = items[0]?.restarts ?? 0;
  return items.map(({ id, node, namespace, pod, name, restarts, oomKills }) => ({
    key: id,
    link: ['/containers', id],
    namespace,
    name,
    place: `${pod} on ${node}`,
    value: restarts,
    words: oomKills === 0 ? counted(restarts, 'restart') : `${counted(restarts, 'restart')}, ${oomKills} OOM`,
    largest,
  }));
}
