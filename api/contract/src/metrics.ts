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

const scales = { microseconds: 1_000_000, bytes: 1, count: 1 } as const;

function metric<Name extends string>(id: number, name: Name, shape: Omit<Metric, 'id' | 'name' | 'scale'>) {
  return { id, name, scale: scales[shape.unit], ...shape };
}

/** The id, the name, then kind, group, unit and family. */
export const metrics = [
  metric(1, 'cpuUsageMicros', {
    kind: 'counter',
    group: 'resource',
    unit: 'microseconds',
    family: 'container_cpu_usage_seconds_total',
    nodeFamily: 'node_cpu_usage_seconds_total',
  }),
  metric(2, 'workingSetBytes', {
    kind: 'gauge',
    group: 'resource',
    unit: 'bytes',
    family: 'container_memory_working_set_bytes',
    nodeFamily: 'node_memory_working_set_bytes',
  }),
  metric(3, 'swapBytes', {
    kind: 'gauge',
    group: 'resource',
    unit: 'bytes',
    family: 'container_swap_usage_bytes',
    nodeFamily: 'node_swap_usage_bytes',
  }),
  metric(10, 'cpuUserMicros', {
    kind: 'counter',
    group: 'cgroup',
    unit: 'microseconds',
    family: 'container_cpu_user_seconds_total',
  }),
  metric(11, 'cpuSystemMicros', {
    kind: 'counter',
    group: 'cgroup',
    unit: 'microseconds',
    family: 'container_cpu_system_seconds_total',
  }),
  metric(12, 'cpuPeriods', {
    kind: 'counter',
    group: 'cgroup',
    unit: 'count',
    family: 'container_cpu_cfs_periods_total',
  }),
  metric(13, 'cpuThrottledPeriods', {
    kind: 'counter',
    group: 'cgroup',
    unit: 'count',
    family: 'container_cpu_cfs_throttled_periods_total',
  }),
  metric(14, 'cpuThrottledMicros', {
    kind: 'counter',
    group: 'cgroup',
    unit: 'microseconds',
    family: 'container_cpu_cfs_throttled_seconds_total',
  }),
  metric(20, 'rssBytes', { kind: 'gauge', group: 'cgroup', unit: 'bytes', family: 'container_memory_rss' }),
  metric(21, 'cacheBytes', { kind: 'gauge', group: 'cgroup', unit: 'bytes', family: 'container_memory_cache' }),
  metric(22, 'mappedFileBytes', {
    kind: 'gauge',
    group: 'cgroup',
    unit: 'bytes',
    family: 'container_memory_mapped_file',
  }),
  metric(23, 'peakMemoryBytes', {
    kind: 'gauge',
    group: 'cgroup',
    unit: 'bytes',
    family: 'container_memory_max_usage_bytes',
  }),
  metric(24, 'memoryFailures', { kind: 'counter', group: 'cgroup', unit: 'count', family: 'container_memory_failcnt' }),
  metric(25, 'oomEvents', { kind: 'counter', group: 'cgroup', unit: 'count', family: 'container_oom_events_total' }),
  metric(30, 'diskReadBytes', {
    kind: 'counter',
    group: 'cgroup',
    unit: 'bytes',
    family: 'container_fs_reads_bytes_total',
    summed: true,
  }),
  metric(31, 'diskWrittenBytes', {
    kind: 'counter',
    group: 'cgroup',
    unit: 'bytes',
    family: 'container_fs_writes_bytes_total',
    summed: true,
  }),
  metric(32, 'diskReads', {
    kind: 'counter',
    group: 'cgroup',
    unit: 'count',
    family: 'container_fs_reads_total',
    summed: true,
  }),
  metric(33, 'diskWrites', {
    kind: 'counter',
    group: 'cgroup',
    unit: 'count',
    family: 'container_fs_writes_total',
    summed: true,
  }),
  metric(34, 'filesystemBytes', {
    kind: 'gauge',
    group: 'cgroup',
    unit: 'bytes',
    family: 'container_fs_usage_bytes',
    summed: true,
  }),
  metric(40, 'networkReceivedBytes', {
    kind: 'counter',
    group: 'network',
    unit: 'bytes',
    family: 'container_network_receive_bytes_total',
    summed: true,
  }),
  metric(41, 'networkTransmittedBytes', {
    kind: 'counter',
    group: 'network',
    unit: 'bytes',
    family: 'container_network_transmit_bytes_total',
    summed: true,
  }),
  metric(42, 'networkReceivedPackets', {
    kind: 'counter',
    group: 'network',
    unit: 'count',
    family: 'container_network_receive_packets_total',
    summed: true,
  }),
  metric(43, 'networkTransmittedPackets', {
    kind: 'counter',
    group: 'network',
    unit: 'count',
    family: 'container_network_transmit_packets_total',
    summed: true,
  }),
  metric(44, 'networkReceiveErrors', {
    kind: 'counter',
    group: 'network',
    unit: 'count',
    family: 'container_network_receive_errors_total',
    summed: true,
  }),
  metric(45, 'networkTransmitErrors', {
    kind: 'counter',
    group: 'network',
    unit: 'count',
    family: 'container_network_transmit_errors_total',
    summed: true,
  }),
  metric(50, 'processes', { kind: 'gauge', group: 'cgroup', unit: 'count', family: 'container_processes' }),
  metric(51, 'threads', { kind: 'gauge', group: 'cgroup', unit: 'count', family: 'container_threads' }),
  metric(52, 'fileDescriptors', {
    kind: 'gauge',
    group: 'cgroup',
    unit: 'count',
    family: 'container_file_descriptors',
  }),
] as const;

export type MetricName = (typeof metrics)[number]['name'];

const byId = new Map<number, Metric>(metrics.map((each) => [each.id, each]));
const byName = new Map<string, Metric>(metrics.map((each) => [each.name, each]));

/** The metric stored under an id, or undefined for an id of a newer writer. */
export function metricById(id: number): Metric | undefined {
  return byId.get(id);
}

/** The metric of that name, or undefined. */
export function metricByName(name: string): Metric | undefined {
  return byName.get(name);
}
