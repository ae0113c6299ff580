import type {
  ContainerDetail,
  ContainerSummary,
  EventRecord,
  Finding,
  FindingsAnswer,
  NodeDetail,
  NodeSummary,
  SeriesAnswer,
  WorkloadSummary,
} from '@docksnap/contract';

/** A moment at which all tests stand: a whole hour, so that it is the edge of every step. */
export const noonMs = Date.UTC(2026, 10, 24, 12);

/** A healthy node that reported 4 s ago. */
export function aNode(differences: Partial<NodeSummary> = {}): NodeSummary {
  return {
    id: '00000000000000a1',
    name: 'node-1',
    cluster: 'test',
    state: 'reporting',
    silence: null,
    ready: 'True',
    lastTickMs: noonMs - 4000,
    cores: 8,
    memoryBytes: 16 * 2 ** 30,
    cpuCores: 2,
    workingSetBytes: 4 * 2 ** 30,
    pods: 3,
    containers: 5,
    ...differences,
  };
}

export function aNodeDetail(differences: Partial<NodeDetail> = {}): NodeDetail {
  return {
    ...aNode(),
    uid: 'uid-1',
    systemUuid: '4c4c4544-0042',
    machineId: null,
    macAddresses: null,
    kernelVersion: '6.1.0',
    osImage: 'Debian 12',
    kubeletVersion: 'v1.37.0',
    containerRuntime: 'containerd://2.1.4',
    addresses: ['10.0.0.1'],
    conditions: [
      { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is ready', sinceMs: noonMs - 60_000 },
      { type: 'PIDPressure', status: 'True', reason: 'Many', message: '', sinceMs: null },
    ],
    missing: [{ fact: 'macAddresses', reason: 'needs the network namespace of the node' }],
    agent: {
      version: '0.1.0',
      intervalMs: 10_000,
      backlogTicks: 0,
      backlogBytes: 0,
      clockSkewMs: 3,
      kubeletTrust: 'Pinned',
      problems: [],
      ledger: { collected: 100, stored: 98, duplicate: 1, dropped: { buffer_full: 2 } },
    },
    ...differences,
  };
}

/** A running container with request and limit. */
export function aContainer(differences: Partial<ContainerSummary> = {}): ContainerSummary {
  return {
    id: '00000000000000a1~pod-1~api',
    nodeId: '00000000000000a1',
    node: 'node-1',
    namespace: 'shop',
    pod: 'api-6d9c7f8b54-x2lqp',
    podUid: 'pod-1',
    name: 'api',
    workload: { kind: 'Deployment', name: 'api' },
    image: 'localhost/api:1',
    state: 'running',
    stateReason: null,
    restarts: 0,
    cpuCores: 0.25,
    workingSetBytes: 128 * 2 ** 20,
    throttledRatio: 0,
    cpuRequestCores: 0.25,
    cpuLimitCores: 0.5,
    memoryRequestBytes: 128 * 2 ** 20,
    memoryLimitBytes: 256 * 2 ** 20,
    startedAtMs: noonMs - 3_600_000,
    lastSampleMs: noonMs - 5000,
    ...differences,
  };
}

export function aContainerDetail(differences: Partial<ContainerDetail> = {}): ContainerDetail {
  return {
    ...aContainer(),
    imageId: null,
    qosClass: 'Burstable',
    labels: {},
    lastTermination: null,
    incarnations: [{ runtimeId: 'c0ffee', startedAtMs: noonMs - 3_600_000, lastSampleMs: noonMs - 5000 }],
    ...differences,
  };
}

export function aWorkload(differences: Partial<WorkloadSummary> = {}): WorkloadSummary {
  return {
    namespace: 'shop',
    kind: 'Deployment',
    name: 'api',
    pods: 2,
    containers: 2,
    restarts: 0,
    cpuCores: 0.5,
    workingSetBytes: 256 * 2 ** 20,
    cpuRequestCores: 0.5,
    cpuLimitCores: 1,
    memoryRequestBytes: null,
    memoryLimitBytes: null,
    ...differences,
  };
}

/** What an answer over time says of how it was read: means of raw samples, all of them there. */
function measured(stepSeconds: number) {
  return { statistic: 'mean' as const, resolutionSeconds: stepSeconds, tier: 'raw' as const, coveredShare: 1 };
}

/** A series that ends at noon, one value per step; every metric has the same values. */
export function aSeries(
  values: readonly (number | null)[],
  metrics: readonly string[] = ['cpuCores'],
  stepSeconds = 60,
): SeriesAnswer {
  const stepMs = stepSeconds * 1000;
  const fromMs = noonMs - values.length * stepMs;
  return {
    ...measured(stepSeconds),
    fromMs,
    toMs: noonMs,
    stepSeconds,
    timestamps: values.map((_, index) => fromMs + (index + 1) * stepMs),
    metrics: Object.fromEntries(metrics.map((name) => [name, { unit: 'any', values: [...values] }])),
    partial: null,
  };
}

/** A leak that was found on a container two hours ago. */
export function aFinding(differences: Partial<Finding> = {}, subject: Partial<Finding['subject']> = {}): Finding {
  return {
    id: 'leak~00000000000000a1~pod-1~api',
    kind: 'leak',
    urgency: 'warning',
    confidence: 'certain',
    subject: {
      kind: 'container',
      id: '00000000000000a1~pod-1~api',
      nodeId: '00000000000000a1',
      node: 'node-1',
      namespace: 'shop',
      workload: { kind: 'Deployment', name: 'api' },
      pod: 'api-6d9c7f8b54-x2lqp',
      name: 'api',
      ...subject,
    },
    sentence: 'leaks 3.1 MiB/min.',
    evidence: [],
    sinceMs: noonMs - 7_200_000,
    chart: 'memory',
    fromMs: noonMs - 7_200_000,
    toMs: noonMs,
    alike: 0,
    ...differences,
  };
}

/** What was found on a fleet of one node. */
export function someFindings(items: readonly Finding[] = []): FindingsAnswer {
  const count = (urgency: Finding['urgency']) => items.filter((one) => one.urgency === urgency).length;
  return {
    items: [...items],
    total: items.length,
    byUrgency: { critical: count('critical'), warning: count('warning'), notice: count('notice') },
    looked: { nodes: 1, containers: 5, unknownContainers: 0 },
    asOfMs: noonMs,
  };
}

/** A restart of a container at noon. */
export function anEvent(differences: Partial<EventRecord> = {}): EventRecord {
  return {
    id: 'start/1',
    kind: 'restart',
    isWarning: false,
    atMs: noonMs,
    firstMs: noonMs,
    count: 1,
    reason: 'Restarted',
    message: 'Started again, 1 restarts in all',
    namespace: 'shop',
    workload: { kind: 'Deployment', name: 'api' },
    pod: 'api-1',
    containerId: '00000000000000a1~pod-1~api',
    container: 'api',
    nodeId: '00000000000000a1',
    node: 'node-1',
    ...differences,
  };
}
