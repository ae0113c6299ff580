/**
 * The one table of stored metrics. A metric is added here and nowhere else: the agent finds its family on the page
 * by it, the codec stores it under its id, queries name it. Ids are part of the stored format and never change.
 */

/** Counters only grow while a runtime id lives; gauges move freely. */
export type MetricKind = 'counter' | 'gauge';

/**
 * Series of one entity that share a sample time on their page:
 * - `resource`: a row of the kubelet's /metrics/resource (every scrape);
 * - `cgroup`: a cgroup's rows on /metrics/cadvisor (every third scrape by default);
 * - `network`: a pod's or node's network rows on /metrics/cadvisor, summed over its interfaces.
 */
export type GroupKind = 'resource' | 'cgroup' | 'network';

/** The order is the stored number of a group kind. */
export const groupKinds: readonly GroupKind[] = ['resource', 'cgroup', 'network'];

export interface Metric {
  readonly id: number;
  readonly name: string;
  readonly kind: MetricKind;
  readonly group: GroupKind;
  /** Unit of the stored integer. */
  readonly unit: 'microseconds' | 'bytes' | 'count';
  /** Families on the page, most telling first: for a container, and where it differs for the node. */
  readonly family: string;
  readonly nodeFamily?: string;
  /** Stored integer = page value x scale. */
  readonly scale: 1 | 1_000_000;
  /** Rows of one cgroup that differ only in device, interface or the like are summed. */
  readonly summed?: boolean;
}

const micros = { unit: 'microseconds', scale: 1_000_000 } as const;
const bytes = { unit: 'bytes', scale: 1 } as const;
const count = { unit: 'count', scale: 1 } as const;

export const metrics = [
  { id: 1, name: 'cpuUsageMicros', kind: 'counter', group: 'resource', ...micros, family: 'container_cpu_usage_seconds_total', nodeFamily: 'node_cpu_usage_seconds_total' },
  { id: 2, name: 'workingSetBytes', kind: 'gauge', group: 'resource', ...bytes, family: 'container_memory_working_set_bytes', nodeFamily: 'node_memory_working_set_bytes' },
  { id: 3, name: 'swapBytes', kind: 'gauge', group: 'resource', ...bytes, family: 'container_swap_usage_bytes', nodeFamily: 'node_swap_usage_bytes' },
  { id: 10, name: 'cpuUserMicros', kind: 'counter', group: 'cgroup', ...micros, family: 'container_cpu_user_seconds_total' },
  { id: 11, name: 'cpuSystemMicros', kind: 'counter', group: 'cgroup', ...micros, family: 'container_cpu_system_seconds_total' },
  { id: 12, name: 'cpuPeriods', kind: 'counter', group: 'cgroup', ...count, family: 'container_cpu_cfs_periods_total' },
  { id: 13, name: 'cpuThrottledPeriods', kind: 'counter', group: 'cgroup', ...count, family: 'container_cpu_cfs_throttled_periods_total' },
  { id: 14, name: 'cpuThrottledMicros', kind: 'counter', group: 'cgroup', ...micros, family: 'container_cpu_cfs_throttled_seconds_total' },
  { id: 20, name: 'rssBytes', kind: 'gauge', group: 'cgroup', ...bytes, family: 'container_memory_rss' },
  { id: 21, name: 'cacheBytes', kind: 'gauge', group: 'cgroup', ...bytes, family: 'container_memory_cache' },
  { id: 22, name: 'mappedFileBytes', kind: 'gauge', group: 'cgroup', ...bytes, family: 'container_memory_mapped_file' },
  { id: 23, name: 'peakMemoryBytes', kind: 'gauge', group: 'cgroup', ...bytes, family: 'container_memory_max_usage_bytes' },
  { id: 24, name: 'memoryFailures', kind: 'counter', group: 'cgroup', ...count, family: 'container_memory_failcnt' },
  { id: 25, name: 'oomEvents', kind: 'counter', group: 'cgroup', ...count, family: 'container_oom_events_total' },
  { id: 30, name: 'diskReadBytes', kind: 'counter', group: 'cgroup', ...bytes, family: 'container_fs_reads_bytes_total', summed: true },
  { id: 31, name: 'diskWrittenBytes', kind: 'counter', group: 'cgroup', ...bytes, family: 'container_fs_writes_bytes_total', summed: true },
  { id: 32, name: 'diskReads', kind: 'counter', group: 'cgroup', ...count, family: 'container_fs_reads_total', summed: true },
  { id: 33, name: 'diskWrites', kind: 'counter', group: 'cgroup', ...count, family: 'container_fs_writes_total', summed: true },
  { id: 34, name: 'filesystemBytes', kind: 'gauge', group: 'cgroup', ...bytes, family: 'container_fs_usage_bytes', summed: true },
  { id: 40, name: 'networkReceivedBytes', kind: 'counter', group: 'network', ...bytes, family: 'container_network_receive_bytes_total', summed: true },
  { id: 41, name: 'networkTransmittedBytes', kind: 'counter', group: 'network', ...bytes, family: 'container_network_transmit_bytes_total', summed: true },
  { id: 42, name: 'networkReceivedPackets', kind: 'counter', group: 'network', ...count, family: 'container_network_receive_packets_total', summed: true },
  { id: 43, name: 'networkTransmittedPackets', kind: 'counter', group: 'network', ...count, family: 'container_network_transmit_packets_total', summed: true },
  { id: 44, name: 'networkReceiveErrors', kind: 'counter', group: 'network', ...count, family: 'container_network_receive_errors_total', summed: true },
  { id: 45, name: 'networkTransmitErrors', kind: 'counter', group: 'network', ...count, family: 'container_network_transmit_errors_total', summed: true },
  { id: 50, name: 'processes', kind: 'gauge', group: 'cgroup', ...count, family: 'container_processes' },
  { id: 51, name: 'threads', kind: 'gauge', group: 'cgroup', ...count, family: 'container_threads' },
  { id: 52, name: 'fileDescriptors', kind: 'gauge', group: 'cgroup', ...count, family: 'container_file_descriptors' },
] as const satisfies readonly Metric[];

export type MetricName = (typeof metrics)[number]['name'];

const byId = new Map<number, Metric>(metrics.map((metric) => [metric.id, metric]));
const byName = new Map<string, Metric>(metrics.map((metric) => [metric.name, metric]));

/** The metric stored under an id, or undefined for an id of a newer writer. */
export function metricById(id: number): Metric | undefined {
  return byId.get(id);
}

/** The metric of that name, or undefined. */
export function metricByName(name: string): Metric | undefined {
  return byName.get(name);
}
