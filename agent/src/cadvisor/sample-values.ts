import type { GroupKind } from '@docksnap/contract';
import type { MetricName } from '@docksnap/contract/metrics';
import { metricsOf } from '../exposition/families.ts';
import { isUplink } from '../exposition/subject.ts';
import type { JsonObject } from '../json.ts';
import { objectOf, objectsOf } from '../json.ts';

/** A number as the page has it: undefined where it has none, anything else where it makes no sense. */
type Found = unknown;

/** Where one of v2's ContainerStats has a metric (info/v2/container.go); `node` tells whether it is the root's. */
type Find = (stats: JsonObject, node: boolean) => Found;

const at =
  (...keys: readonly string[]): Find =>
  (stats) => {
    let found: unknown = stats;
    for (const key of keys) found = objectOf(found)[key];
    return found;
  };

/** Nanoseconds as whole microseconds. */
const micros =
  (...keys: readonly string[]): Find =>
  (stats, node) => {
    const nanos = at(...keys)(stats, node);
    return typeof nanos === 'number' ? Math.floor(nanos / 1000) : nanos;
  };

/** Where 0 stands for a kernel that does not count it. */
const counted =
  (find: Find): Find =>
  (stats, node) => {
    const found = find(stats, node);
    return found === 0 ? undefined : found;
  };

/** Without a quota there are no periods to be throttled in. */
const whereThrottled =
  (find: Find): Find =>
  (stats, node) =>
    at('cpu', 'cfs', 'periods')(stats, node) === 0 ? undefined : find(stats, node);

/** The sum over some rows; undefined where there are none; NaN as soon as one makes no sense. */
function sum(rows: readonly JsonObject[], find: (row: JsonObject) => Found): Found {
  if (rows.length === 0) return undefined;
  return rows.map(find).reduce<number>((total, value) => (typeof value === 'number' ? total + value : NaN), 0);
}

/** Over all devices: diskio.<table>[].stats.<operation>. */
const disk =
  (table: string, operation: string): Find =>
  (stats) => {
    const rows = objectsOf(objectOf(stats['diskio'])[table]).map((row) => objectOf(row['stats']));
    return sum(
      rows.filter((row) => operation in row),
      (row) => row[operation],
    );
  };

/** Over all interfaces, of the node over those that lead out of it. */
const network =
  (name: string): Find =>
  (stats, node) => {
    const rows = objectsOf(objectOf(stats['network'])['interfaces']);
    return sum(
      rows.filter((row) => !node || isUplink(String(row['name']))),
      (row) => row[name],
    );
  };

/** What a container's layers and volumes take; of the node, its disks: the root lists every mount on them. */
const filesystem: Find = (stats, node) =>
  sum(
    filesystems(stats).filter(({ device }) => !node || String(device).startsWith('/dev/')),
    (row) => row['usage'],
  );

/** An array in v2.0, an object of totals in v2.1. */
function filesystems(stats: JsonObject): readonly JsonObject[] {
  const found = stats['filesystem'];
  return Array.isArray(found) ? objectsOf(found) : [{ usage: objectOf(found)['totalUsageBytes'] }];
}

const finds: Readonly<Partial<Record<MetricName, Find>>> = {
  cpuUsageMicros: micros('cpu', 'usage', 'total'),
  workingSetBytes: at('memory', 'working_set'),
  swapBytes: at('memory', 'swap'),
  cpuUserMicros: micros('cpu', 'usage', 'user'),
  cpuSystemMicros: micros('cpu', 'usage', 'system'),
  cpuPeriods: whereThrottled(at('cpu', 'cfs', 'periods')),
  cpuThrottledPeriods: whereThrottled(at('cpu', 'cfs', 'throttled_periods')),
  cpuThrottledMicros: whereThrottled(micros('cpu', 'cfs', 'throttled_time')),
  rssBytes: at('memory', 'rss'),
  cacheBytes: at('memory', 'cache'),
  mappedFileBytes: at('memory', 'mapped_file'),
  peakMemoryBytes: counted(at('memory', 'max_usage')),
  memoryFailures: at('memory', 'failcnt'),
  oomEvents: at('oom_events'),
  diskReadBytes: disk('io_service_bytes', 'Read'),
  diskWrittenBytes: disk('io_service_bytes', 'Write'),
  diskReads: disk('io_serviced', 'Read'),
  diskWrites: disk('io_serviced', 'Write'),
  filesystemBytes: filesystem,
  networkReceivedBytes: network('rx_bytes'),
  networkTransmittedBytes: network('tx_bytes'),
  networkReceivedPackets: network('rx_packets'),
  networkTransmittedPackets: network('tx_packets'),
  networkReceiveErrors: network('rx_errors'),
  networkTransmitErrors: network('tx_errors'),
  processes: at('processes', 'process_count'),
  threads: counted(at('processes', 'threads_current')),
  fileDescriptors: at('processes', 'fd_count'),
};

/** Which `has_…` of a sample tells whether cAdvisor has these metrics. */
const flags: readonly { readonly flag: string; readonly metrics: RegExp }[] = [
  { flag: 'has_cpu', metrics: /^cpu/ },
  { flag: 'has_memory', metrics: /^(workingSet|swap|rss|cache|mappedFile|peakMemory|memoryF)/ },
  { flag: 'has_diskio', metrics: /^disk/ },
  { flag: 'has_filesystem', metrics: /^filesystem/ },
  { flag: 'has_network', metrics: /^network/ },
  { flag: 'has_processes', metrics: /^(processes|threads|fileDescriptors)$/ },
];

interface Finder {
  readonly column: number;
  readonly find: Find;
  readonly flag: string | undefined;
}

function findersOf(group: GroupKind): readonly Finder[] {
  const byName: ReadonlyMap<string, Find> = new Map(Object.entries(finds));
  return metricsOf(group).flatMap(({ name }, column) => {
    const find = byName.get(name);
    return find === undefined ? [] : [{ column, find, flag: flags.find(({ metrics }) => metrics.test(name))?.flag }];
  });
}

const byGroup: Readonly<Record<GroupKind, readonly Finder[]>> = {
  resource: findersOf('resource'),
  cgroup: findersOf('cgroup'),
  network: findersOf('network'),
};

/**
 * A sample's values of a group, by metricsOf(group): NaN where cAdvisor does not have it. `refused` is told of each
 * number that makes no sense: not a number, negative, or beyond 2^53 - 1 units.
 */
export function valuesOf(stats: JsonObject, group: GroupKind, node: boolean, refused: () => void): Float64Array {
  const values = new Float64Array(metricsOf(group).length).fill(NaN);
  for (const { column, find, flag } of byGroup[group]) {
    if (flag !== undefined && stats[flag] === false) continue;
    const found = find(stats, node);
    if (found === undefined) continue;
    // JSON knows -0, which no block can hold.
    if (typeof found === 'number' && Number.isSafeInteger(found) && found >= 0) values[column] = Math.abs(found);
    else refused();
  }
  return values;
}
