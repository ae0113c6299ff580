import type { MetricName } from '@docksnap/contract/metrics';

/** What a monitor may choose to have collected. */
export const metricGroups = ['CPU', 'Memory', 'Network', 'Filesystem', 'DiskIO', 'Process'] as const;
export type MetricGroup = (typeof metricGroups)[number];

/** The group of each metric: one that is added to the contract's table needs a line here. */
export const metricGroupOf: Readonly<Record<MetricName, MetricGroup>> = {
  cpuUsageMicros: 'CPU',
  cpuUserMicros: 'CPU',
  cpuSystemMicros: 'CPU',
  cpuPeriods: 'CPU',
  cpuThrottledPeriods: 'CPU',
  cpuThrottledMicros: 'CPU',
  workingSetBytes: 'Memory',
  swapBytes: 'Memory',
  rssBytes: 'Memory',
  cacheBytes: 'Memory',
  mappedFileBytes: 'Memory',
  peakMemoryBytes: 'Memory',
  memoryFailures: 'Memory',
  oomEvents: 'Memory',
  diskReadBytes: 'DiskIO',
  diskWrittenBytes: 'DiskIO',
  diskReads: 'DiskIO',
  diskWrites: 'DiskIO',
  filesystemBytes: 'Filesystem',
  networkReceivedBytes: 'Network',
  networkTransmittedBytes: 'Network',
  networkReceivedPackets: 'Network',
  networkTransmittedPackets: 'Network',
  networkReceiveErrors: 'Network',
  networkTransmitErrors: 'Network',
  processes: 'Process',
  threads: 'Process',
  fileDescriptors: 'Process',
};
