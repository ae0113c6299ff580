import type { WorkloadSummary } from '@docksnap/contract';
import { bytesNumber, coresNumber, tableUnit } from '../units.ts';

export interface WorkloadRow {
  /** namespace/kind/name. */
  readonly key: string;
  readonly workload: WorkloadSummary;
  readonly cpu: Cells;
  readonly memory: Cells;
}

interface Cells {
  readonly used: string;
  readonly request: string;
  readonly limit: string;
}

export interface NamespaceGroup {
  readonly namespace: string;
  readonly rows: readonly WorkloadRow[];
  readonly cpu: Cells;
  readonly memory: Cells;
  /** What its workloads ask for together. */
  readonly sums: Pick<WorkloadSummary, 'cpuRequestCores' | 'cpuLimitCores' | 'memoryRequestBytes' | 'memoryLimitBytes'>;
}

const cores = (value: number | null) => coresNumber(value, 2);
const bytes = (value: number | null) => bytesNumber(value, tableUnit(), 0);

function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}

function row(workload: WorkloadSummary): WorkloadRow {
  return {
    key: `${workload.namespace}/${workload.kind}/${workload.name}`,
    workload,
    cpu: {
      used: cores(workload.cpuCores),
      request: cores(workload.cpuRequestCores),
      limit: cores(workload.cpuLimitCores),
    },
    memory: {
      used: bytes(workload.workingSetBytes),
      request: bytes(workload.memoryRequestBytes),
      limit: bytes(workload.memoryLimitBytes),
    },
  };
}

function group(namespace: string, workloads: readonly WorkloadSummary[]): NamespaceGroup {
  // A sum of limits says nothing: a namespace's workloads do not reach them together.
  const sums = {
    cpuRequestCores: sum(workloads.map((one) => one.cpuRequestCores)),
    cpuLimitCores: null,
    memoryRequestBytes: sum(workloads.map((one) => one.memoryRequestBytes)),
    memoryLimitBytes: null,
  };
  return {
    namespace,
    rows: workloads.map(row),
    cpu: { used: cores(sum(workloads.map((one) => one.cpuCores))), request: cores(sums.cpuRequestCores), limit: '' },
    memory: {
      used: bytes(sum(workloads.map((one) => one.workingSetBytes))),
      request: bytes(sums.memoryRequestBytes),
      limit: '',
    },
    sums,
  };
}

/** Workloads under their namespaces, both by name. */
export function namespaceGroups(workloads: readonly WorkloadSummary[]): readonly NamespaceGroup[] {
  const byName = workloads.toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  return [...Map.groupBy(byName, (workload) => workload.namespace)]
    .toSorted(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([namespace, members]) => group(namespace, members));
}
