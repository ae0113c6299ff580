import type { ContainerSummary, GroupsAnswer, NodeSummary } from '@docksnap/contract';

/** A running container and what it uses; null: not known. Ratios are of 1. */
export interface TopRow {
  readonly id: string;
  readonly name: string;
  readonly node: string;
  readonly cpuCores: number | null;
  /** Of its limit, else of its machine's cores. */
  readonly cpuRatio: number | null;
  readonly memoryBytes: number | null;
  /** Its own, else its machine's memory, as docker stats has it. */
  readonly memoryLimitBytes: number | null;
  readonly memoryRatio: number | null;
  /** Of its pod. */
  readonly networkReceivedBytesPerSecond: number | null;
  readonly networkTransmittedBytesPerSecond: number | null;
  readonly diskReadBytesPerSecond: number | null;
  readonly diskWrittenBytesPerSecond: number | null;
}

type Machine = Pick<NodeSummary, 'id' | 'cores' | 'memoryBytes'>;

/** Metrics that rates are asked for. */
export const rateMetrics = [
  'networkReceivedBytesPerSecond',
  'networkTransmittedBytesPerSecond',
  'diskReadBytesPerSecond',
  'diskWrittenBytesPerSecond',
] as const;

/** Containers in their order, with what their machines have and do. @param machines none where they may not be seen */
export function topRows(
  containers: readonly ContainerSummary[],
  machines: readonly Machine[],
  rates: GroupsAnswer['metrics'],
): TopRow[] {
  const byId = new Map(machines.map((machine) => [machine.id, machine]));
  const newest = rateMetrics.map((metric) => [metric, latestByKey(rates[metric])] as const);
  return containers.map((container) => ({
    ...useOf(container, byId.get(container.nodeId)),
    ...ratesOf(container, Object.fromEntries(newest)),
  }));
}

type Rates = Pick<TopRow, (typeof rateMetrics)[number]>;

function useOf(container: ContainerSummary, machine: Machine | undefined): Omit<TopRow, keyof Rates> {
  const { id, node, cpuCores, cpuLimitCores, workingSetBytes } = container;
  const memoryLimitBytes = container.memoryLimitBytes ?? machine?.memoryBytes ?? null;
  return {
    id,
    name: nameOf(container),
    node,
    cpuCores,
    cpuRatio: ratio(cpuCores, cpuLimitCores ?? machine?.cores ?? null),
    memoryBytes: workingSetBytes,
    memoryLimitBytes,
    memoryRatio: ratio(workingSetBytes, memoryLimitBytes),
  };
}

/** Network is counted per pod, whose key is the beginning of the container's. */
function ratesOf(
  { id, nodeId, podUid }: ContainerSummary,
  newest: Readonly<Record<string, ReadonlyMap<string, number>>>,
): Rates {
  const of = (metric: keyof Rates, key: string) => newest[metric]?.get(key) ?? null;
  const pod = `${nodeId}~${podUid}`;
  return {
    networkReceivedBytesPerSecond: of('networkReceivedBytesPerSecond', pod),
    networkTransmittedBytesPerSecond: of('networkTransmittedBytesPerSecond', pod),
    diskReadBytesPerSecond: of('diskReadBytesPerSecond', id),
    diskWrittenBytesPerSecond: of('diskWrittenBytesPerSecond', id),
  };
}

/** namespace/pod/container; of a machine with Docker, whose containers are in no namespace, the container's name. */
function nameOf({ namespace, pod, name }: ContainerSummary): string {
  return namespace.startsWith('_') ? name : `${namespace}/${pod}/${name}`;
}

function ratio(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole <= 0 ? null : part / whole;
}

/** The last value that is known of each group. */
function latestByKey(metric: GroupsAnswer['metrics'][string] | undefined): ReadonlyMap<string, number> {
  const latest = new Map<string, number>();
  for (const { key, values } of metric?.groups ?? []) {
    for (const value of values) if (value !== null) latest.set(key, value);
  }
  return latest;
}
