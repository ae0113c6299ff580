import type { Description, JsonBlock, JsonPush, Workload } from '@docksnap/contract';

/** Two nodes, two namespaces, twelve minutes of ticks each ten seconds; every container uses the same all the time. */
export interface ExampleContainer {
  readonly node: 'node-1' | 'node-2';
  readonly namespace: string;
  readonly workload?: Workload;
  readonly pod: string;
  readonly name: string;
  readonly cores: number;
  readonly bytes: number;
  readonly restarts?: number;
}

const web = { kind: 'Deployment', name: 'web' };

export const exampleContainers: readonly ExampleContainer[] = [
  { node: 'node-1', namespace: 'shop', workload: web, pod: 'web-1', name: 'server', cores: 0.5, bytes: 100 },
  {
    node: 'node-1',
    namespace: 'shop',
    workload: web,
    pod: 'web-1',
    name: 'proxy',
    cores: 0.125,
    bytes: 50,
    restarts: 3,
  },
  { node: 'node-2', namespace: 'shop', workload: web, pod: 'web-2', name: 'server', cores: 0.25, bytes: 100 },
  { node: 'node-2', namespace: 'billing', pod: 'ledger', name: 'ledger', cores: 1, bytes: 400 },
];

const tickMs = 10_000;
const ticks = 72;
const ids = { cpu: 'cpuUsageMicros', memory: 'workingSetBytes', received: 'networkReceivedBytes' };

/** What a node's agent pushes, in the JSON that curl would send. Its last tick is at `endMs`; samples are as new. */
export function examplePush(node: ExampleContainer['node'], endMs: number): JsonPush {
  const half = ticks / 2;
  return { blocks: [exampleBlock(node, endMs, 0, half), exampleBlock(node, endMs, half, ticks)] };
}

/** The tick at a later time, after those of examplePush. */
export function nextTick(node: ExampleContainer['node'], endMs: number, atMs: number): JsonPush {
  const index = ticks - 1 + (atMs - endMs) / tickMs;
  return { blocks: [exampleBlock(node, endMs, index, index + 1)] };
}

function exampleBlock(node: ExampleContainer['node'], endMs: number, from: number, end: number): JsonBlock {
  const containers = exampleContainers.filter((container) => container.node === node);
  const pods = [...new Map(containers.map((container) => [container.pod, container])).values()];
  const indexes = Array.from({ length: end - from }, (_, index) => from + index);
  const ages = indexes.map(() => 0);
  const growing = (perSecond: number): number[] => indexes.map((index) => Math.round((1000 + index * 10) * perSecond));
  const steady = (value: number): number[] => indexes.map(() => value);
  const used = containers.reduce((sum, { cores }) => sum + cores, 0);
  return {
    epoch: 'e'.repeat(32),
    firstSeq: from + 1,
    intervalMs: tickMs,
    tickTimes: indexes.map((index) => endMs - (ticks - 1 - index) * tickMs),
    entities: [nodeEntity(node), ...containers.map(containerEntity), ...pods.map(podEntity)],
    groups: [
      { entity: 0, kind: 'resource', ages, metrics: { [ids.cpu]: growing(used * 1e6), [ids.memory]: steady(2000) } },
      ...containers.map(({ cores, bytes }, index) => ({
        entity: 1 + index,
        kind: 'resource' as const,
        ages,
        metrics: { [ids.cpu]: growing(cores * 1e6), [ids.memory]: steady(bytes) },
      })),
      ...pods.map((_, index) => ({
        entity: 1 + containers.length + index,
        kind: 'network' as const,
        ages,
        metrics: { [ids.received]: growing(300) },
      })),
    ],
  };
}

type JsonEntity = JsonBlock['entities'][number];

function nodeEntity(name: string): JsonEntity {
  return { kind: 'node', key: 'node', runtimeId: '', startedAtMs: 0, description: nodeDescription(name) };
}

function containerEntity(container: ExampleContainer): JsonEntity {
  return {
    kind: 'container',
    key: `${container.pod}-uid/${container.name}`,
    runtimeId: `${container.pod}-${container.name}-run`,
    startedAtMs: 1_700_000_000_000,
    description: containerDescription(container),
  };
}

function podEntity(pod: ExampleContainer): JsonEntity {
  return { kind: 'pod', key: `${pod.pod}-uid`, runtimeId: '', startedAtMs: 0, description: podDescription(pod) };
}

function nodeDescription(name: string): Description {
  return { kind: 'node', name, cores: 4, memoryBytes: 8_000_000_000, kernelVersion: '6.1.0', missing: [] };
}

function podDescription({ namespace, pod, workload }: ExampleContainer): Description {
  const owner = workload === undefined ? {} : { workload };
  return { kind: 'pod', namespace, name: pod, uid: `${pod}-uid`, phase: 'Running', labels: {}, ...owner };
}

function containerDescription({ namespace, pod, name, workload, restarts = 0 }: ExampleContainer): Description {
  return {
    kind: 'container',
    namespace,
    pod,
    podUid: `${pod}-uid`,
    name,
    image: `registry.example/${name}:1`,
    labels: { app: name },
    requests: { cpuCores: 0.1 },
    limits: { cpuCores: 2, memoryBytes: 1000 },
    state: 'running',
    restarts,
    ...(workload === undefined ? {} : { workload }),
  };
}
