import type { ContainerSummary, NodeSummary } from '@docksnap/contract';
import { formatBytes, formatCores, formatShare } from '../units.ts';

/** A value as the map colours it. */
export interface MapValue {
  /** 0 to 1: from the palest to the darkest ink. */
  readonly level: number;
  readonly words: string;
}

export interface MapMetric {
  readonly key: string;
  readonly name: string;
  /** What the palest and the darkest ink stand for. */
  readonly from: string;
  readonly to: string;
  /** Of a container: null where nothing is known, or there is nothing to measure by. */
  readonly ofContainer: (container: ContainerSummary) => MapValue | null;
  readonly ofNode: (node: NodeSummary) => MapValue | null;
}

function share(used: number | null, of: number | null, words: (value: number | null) => string): MapValue | null {
  if (used === null || of === null || of <= 0) return null;
  const ratio = used / of;
  return { level: Math.min(1, Math.max(0, ratio)), words: `${words(used)} of ${words(of)}, ${formatShare(ratio)}` };
}

/** On a scale that each step of is ten times the one before: use spreads over many of them. */
function scaled(value: number | null, least: number, most: number, words: string): MapValue | null {
  if (value === null) return null;
  const level = value <= least ? 0 : Math.log(value / least) / Math.log(most / least);
  return { level: Math.min(1, level), words };
}

const cpuOf = {
  ofNode: (node: NodeSummary) => share(node.cpuCores, node.cores, formatCores),
};
const memoryOf = {
  ofNode: (node: NodeSummary) => share(node.workingSetBytes, node.memoryBytes, formatBytes),
};
const nothing = () => null;

/** What the map can be coloured by; the first is the default. */
export const mapMetrics: readonly [MapMetric, ...MapMetric[]] = [
  {
    ...{ key: 'cpu-limit', name: 'CPU of limit', from: '0 %', to: '100 %', ...cpuOf },
    ofContainer: (one) => share(one.cpuCores, one.cpuLimitCores, formatCores),
  },
  {
    ...{ key: 'memory-limit', name: 'Memory of limit', from: '0 %', to: '100 %', ...memoryOf },
    ofContainer: (one) => share(one.workingSetBytes, one.memoryLimitBytes, formatBytes),
  },
  {
    ...{ key: 'cpu', name: 'CPU', from: '0.001 cores', to: '10 cores', ...cpuOf },
    ofContainer: (one) => scaled(one.cpuCores, 0.001, 10, formatCores(one.cpuCores)),
  },
  {
    ...{ key: 'memory', name: 'Memory', from: '1 MiB', to: '16 GiB', ...memoryOf },
    ofContainer: (one) => scaled(one.workingSetBytes, 2 ** 20, 2 ** 34, formatBytes(one.workingSetBytes)),
  },
  {
    ...{ key: 'throttled', name: 'Throttled', from: '0 %', to: '100 %', ofNode: nothing },
    ofContainer: (one) => {
      const ratio = one.throttledRatio;
      return ratio === null ? null : { level: Math.min(1, ratio), words: `${formatShare(ratio)} of periods throttled` };
    },
  },
  {
    ...{ key: 'restarts', name: 'Restarts', from: '0', to: '10 and more', ofNode: nothing },
    ofContainer: (one) => ({ level: Math.min(1, one.restarts / 10), words: `${one.restarts} restarts` }),
  },
];

/** The metric of that key, else the first. */
export function mapMetric(key: string | null): MapMetric {
  return mapMetrics.find((one) => one.key === key) ?? mapMetrics[0];
}

/** The ink of a level: 0 to 7. */
export function inkOf(level: number): number {
  return Math.min(7, Math.floor(level * 8));
}
