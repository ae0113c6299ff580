import type { GroupKind, Metric } from '@docksnap/contract';
import { metrics } from '@docksnap/contract/metrics';
import type { MetricGroup } from './metric-groups.ts';
import { metricGroupOf } from './metric-groups.ts';

/** The kubelet pages that are read, as paths below its address. */
export type PagePath = '/metrics/resource' | '/metrics/cadvisor';

/** Facts of the machine that the big page carries as labels or values. */
export type FactName = 'machine_cpu_cores' | 'machine_memory_bytes' | 'cadvisor_version_info';

/** What the rows of a family are for. Rows of other families are skipped unread. */
export type Family = { readonly nameBytes: Uint8Array; readonly power: number } & (
  | {
      readonly use: 'metric';
      readonly group: GroupKind;
      /** Index in the group's metrics (metricsOf). */
      readonly column: number;
      readonly summed: boolean;
    }
  | { readonly use: 'start'; readonly group: GroupKind }
  | { readonly use: 'fact'; readonly fact: FactName }
);

const factNames: readonly FactName[] = ['machine_cpu_cores', 'machine_memory_bytes', 'cadvisor_version_info'];

/** A start time in seconds becomes whole milliseconds. */
const startPower = 3;

const byGroup: Readonly<Record<GroupKind, readonly Metric[]>> = {
  resource: metrics.filter((metric) => metric.group === 'resource'),
  cgroup: metrics.filter((metric) => metric.group === 'cgroup'),
  network: metrics.filter((metric) => metric.group === 'network'),
};

/** The metrics of a group, in the order of a reading's values. */
export function metricsOf(group: GroupKind): readonly Metric[] {
  return byGroup[group];
}

const encode = (name: string): Uint8Array => new TextEncoder().encode(name);

const groupsByName: ReadonlyMap<string, MetricGroup> = new Map(Object.entries(metricGroupOf));

function* metricFamilies(group: GroupKind, wanted: ReadonlySet<MetricGroup>): Generator<[string, Family]> {
  for (const [column, metric] of metricsOf(group).entries()) {
    const its = groupsByName.get(metric.name);
    if (its === undefined || !wanted.has(its)) continue;
    const rest = {
      use: 'metric',
      group,
      column,
      summed: metric.summed ?? false,
      power: metric.scale === 1 ? 0 : 6,
    } as const;
    for (const name of [metric.family, metric.nodeFamily ?? metric.family]) {
      yield [name, { nameBytes: encode(name), ...rest }];
    }
  }
}

function startFamily(group: GroupKind): [string, Family] {
  const name = 'container_start_time_seconds';
  return [name, { use: 'start', group, nameBytes: encode(name), power: startPower }];
}

/** The families read from a page, by name; derived from the contract's one table of metrics. */
export function familiesOf(page: PagePath, wanted: ReadonlySet<MetricGroup>): ReadonlyMap<string, Family> {
  if (page === '/metrics/resource') return new Map([...metricFamilies('resource', wanted), startFamily('resource')]);
  return new Map([
    ...metricFamilies('cgroup', wanted),
    ...metricFamilies('network', wanted),
    startFamily('cgroup'),
    ...factNames.map((fact): [string, Family] => [fact, { use: 'fact', fact, nameBytes: encode(fact), power: 0 }]),
  ]);
}
