import type { ContainerDetail } from '@docksnap/contract';
import type { ChartEvent } from '../usage-chart/chart.ts';

/** A start this long after an end belongs to it: kubelets wait up to five minutes before they start again. */
const sameEventMs = 310_000;

/** What befell a container, as far as its starts and its last termination tell: restarts and OOM kills. */
export function containerEvents({
  incarnations,
  lastTermination,
  restarts,
}: Pick<ContainerDetail, 'incarnations' | 'lastTermination' | 'restarts'>): readonly ChartEvent[] {
  const starts = incarnations.flatMap(({ startedAtMs }) => (startedAtMs === null ? [] : [startedAtMs]));
  // The first start of a container that has never been restarted is no restart.
  const again = starts.toSorted((a, b) => a - b).slice(starts.length > restarts ? 1 : 0);
  const endMs = lastTermination?.finishedAtMs;
  if (lastTermination?.reason !== 'OOMKilled' || endMs === undefined) return again.map(restart);
  const others = again.filter((ms) => ms < endMs || ms - endMs > sameEventMs);
  return [...others.map(restart), { kind: 'oom', atMs: endMs, label: 'OOM kill' }];
}

function restart(atMs: number): ChartEvent {
  return { kind: 'restart', atMs, label: 'restart' };
}
