import type { MetricName } from '../metrics.ts';

/**
 * What a query can ask for, and how it follows from stored series. `rate`: increase of the sum of `from` over
 * covered time, times scale. `ratio`: increase of the first over increase of the second. `gauge`: mean in the step.
 */
export type Derivation =
  | { readonly kind: 'rate'; readonly from: readonly MetricName[]; readonly scale: number }
  | { readonly kind: 'ratio'; readonly from: readonly [MetricName, MetricName] }
  | { readonly kind: 'gauge'; readonly from: readonly [MetricName] };

export interface QueryMetric {
  readonly unit: string;
  readonly derivation: Derivation;
}

const gauge = (from: MetricName): Derivation => ({ kind: 'gauge', from: [from] });
const perSecond = (from: MetricName): Derivation => ({ kind: 'rate', from: [from], scale: 1 });
const cores = (from: MetricName): Derivation => ({ kind: 'rate', from: [from], scale: 1e-6 });

export const queryMetrics = {
  cpuCores: { unit: 'cores', derivation: cores('cpuUsageMicros') },
  cpuUserCores: { unit: 'cores', derivation: cores('cpuUserMicros') },
  cpuSystemCores: { unit: 'cores', derivation: cores('cpuSystemMicros') },
  throttledRatio: { unit: 'ratio', derivation: { kind: 'ratio', from: ['cpuThrottledPeriods', 'cpuPeriods'] } },
  workingSetBytes: { unit: 'bytes', derivation: gauge('workingSetBytes') },
  rssBytes: { unit: 'bytes', derivation: gauge('rssBytes') },
  cacheBytes: { unit: 'bytes', derivation: gauge('cacheBytes') },
  swapBytes: { unit: 'bytes', derivation: gauge('swapBytes') },
  peakMemoryBytes: { unit: 'bytes', derivation: gauge('peakMemoryBytes') },
  networkReceivedBytesPerSecond: { unit: 'bytes/s', derivation: perSecond('networkReceivedBytes') },
  networkTransmittedBytesPerSecond: { unit: 'bytes/s', derivation: perSecond('networkTransmittedBytes') },
  diskReadBytesPerSecond: { unit: 'bytes/s', derivation: perSecond('diskReadBytes') },
  diskWrittenBytesPerSecond: { unit: 'bytes/s', derivation: perSecond('diskWrittenBytes') },
  processes: { unit: 'count', derivation: gauge('processes') },
  threads: { unit: 'count', derivation: gauge('threads') },
} as const satisfies Record<string, QueryMetric>;

export type QueryMetricName = keyof typeof queryMetrics;

/** Whether a name is one that a query can ask for. */
export function isQueryMetricName(name: string): name is QueryMetricName {
  return Object.hasOwn(queryMetrics, name);
}
