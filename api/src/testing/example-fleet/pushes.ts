import type { Description, JsonBlock, JsonPush } from '@docksnap/contract';
import type { FleetContainer, FleetNode } from './fleet.ts';

const tickMs = 10_000;
const minuteMs = 60_000;
const mebi = 2 ** 20;
/** Ticks of one block: ten minutes. */
const blockTicks = 60;
/** A bandwidth controller's period: 100 ms. */
const periodsPerTick = 100;

type Group = JsonBlock['groups'][number];
type Entity = JsonBlock['entities'][number];

/** What a node's agent pushes of the last `minutes` before `nowMs`, in the JSON that curl would send. */
export function fleetPush(node: FleetNode, nowMs: number, minutes: number): JsonPush {
  const lastTick = Math.floor((nowMs - node.silentMinutes * minuteMs - 4000) / tickMs);
  const count = (minutes * minuteMs) / tickMs;
  const times = Array.from({ length: count }, (_, index) => (lastTick - count + 1 + index) * tickMs);
  const totals = new Totals();
  const blocks: JsonBlock[] = [];
  for (let first = 0; first < count; first += blockTicks)
    blocks.push(block(node, { nowMs, first, times: times.slice(first, first + blockTicks) }, totals));
  return { blocks };
}

interface Span {
  readonly nowMs: number;
  readonly first: number;
  readonly times: readonly number[];
}

/** Counters that run on from block to block. */
class Totals {
  readonly #sums = new Map<string, number>();

  /** The counter's value at each tick; `increases` has what each tick adds. */
  count(key: string, increases: readonly number[]): number[] {
    let sum = this.#sums.get(key) ?? 1_000_000;
    const values = increases.map((increase) => {
      sum += Math.max(0, Math.round(increase));
      return sum;
    });
    this.#sums.set(key, sum);
    return values;
  }
}

function block(node: FleetNode, span: Span, totals: Totals): JsonBlock {
  const entities: Entity[] = [
    { kind: 'node', key: 'node', runtimeId: '', startedAtMs: 0, description: nodeDescription(node) },
  ];
  const groups: Group[] = nodeGroups(node, span, totals);
  for (const container of node.containers) {
    for (const part of incarnations(container, span)) {
      groups.push(...containerGroups(container, part, { span, totals, entity: entities.length }));
      entities.push(containerEntity(container, part.startedAtMs, span.nowMs));
    }
    groups.push(networkGroup(container, { span, totals, entity: entities.length }));
    entities.push(podEntity(container));
  }
  const { times, first } = span;
  return { epoch: 'e'.repeat(32), firstSeq: first + 1, intervalMs: tickMs, tickTimes: [...times], entities, groups };
}

interface Part {
  readonly startedAtMs: number;
  /** For each tick of the block, whether this incarnation lived. */
  readonly lives: readonly boolean[];
}

/** The incarnations of a container that lived in a block; a container that waits keeps its last one. */
function incarnations(container: FleetContainer, { nowMs, times }: Span): readonly Part[] {
  const starts = (container.starts ?? [60 * 24 * 3]).map((minutes) => Math.round(nowMs - minutes * minuteMs));
  const parts = starts.map((startedAtMs, index) => {
    const endMs = starts[index + 1] ?? Infinity;
    return { startedAtMs, lives: times.map((ms) => ms >= startedAtMs && ms < endMs) };
  });
  return parts.filter((part) => part.lives.includes(true));
}

interface Place {
  readonly span: Span;
  readonly totals: Totals;
  readonly entity: number;
}

function containerGroups(container: FleetContainer, { startedAtMs, lives }: Part, place: Place): Group[] {
  const { span, totals, entity } = place;
  const ago = span.times.map((ms) => (span.nowMs - ms) / minuteMs);
  const when = (values: readonly number[]) => values.map((value, index) => (lives[index] === true ? value : null));
  const cores = ago.map((minutes, index) => (lives[index] === true ? container.cores(minutes) : 0));
  const memory = ago.map((minutes) => container.workingSetMebi(minutes) * mebi);
  const key = `${container.pod}/${startedAtMs}`;
  const counted = (name: string, increases: readonly number[]) => when(totals.count(`${key}/${name}`, increases));
  const ages = when(span.times.map(() => 0));
  const share = container.throttled ?? 0;
  return [
    {
      entity,
      kind: 'resource',
      ages,
      metrics: {
        cpuUsageMicros: counted(
          'cpu',
          cores.map((one) => one * tickMs * 1000),
        ),
        workingSetBytes: when(memory.map(Math.round)),
      },
    },
    {
      entity,
      kind: 'cgroup',
      ages,
      metrics: {
        rssBytes: when(memory.map((bytes) => Math.round(bytes * 0.91))),
        cacheBytes: when(memory.map((bytes, index) => Math.round(40 * mebi + bytes * 0.02 * (cores[index] ?? 0)))),
        diskReadBytes: counted(
          'read',
          cores.map((one) => one * 3e6),
        ),
        diskWrittenBytes: counted(
          'written',
          cores.map((one, index) => one * 9e6 * (1 + (index % 5) / 9)),
        ),
        ...(container.limit?.cores === undefined
          ? {}
          : {
              cpuPeriods: counted(
                'periods',
                cores.map(() => periodsPerTick),
              ),
              cpuThrottledPeriods: counted(
                'throttled',
                cores.map((one) => (share === 0 ? 0 : share * periodsPerTick * (0.8 + one * 0.4))),
              ),
            }),
      },
    },
  ];
}

function networkGroup(container: FleetContainer, { span, totals, entity }: Place): Group {
  const cores = span.times.map((ms) => container.cores((span.nowMs - ms) / minuteMs));
  return {
    entity,
    kind: 'network',
    ages: span.times.map(() => 0),
    metrics: {
      networkReceivedBytes: totals.count(
        `${container.pod}/in`,
        cores.map((one) => one * 38e6),
      ),
      networkTransmittedBytes: totals.count(
        `${container.pod}/out`,
        cores.map((one) => one * one * 45e6),
      ),
    },
  };
}

/** The node: its containers and a little that belongs to none of them. */
function nodeGroups(node: FleetNode, span: Span, totals: Totals): Group[] {
  const sums = span.times.map((ms) => {
    const ago = (span.nowMs - ms) / minuteMs;
    return node.containers.reduce(
      (sum, one) => ({ cores: sum.cores + one.cores(ago), mebi: sum.mebi + one.workingSetMebi(ago) }),
      { cores: 0.21, mebi: 620 },
    );
  });
  const ages = span.times.map(() => 0);
  const bytes = (share: number) => sums.map((one) => Math.round(one.mebi * mebi * share));
  const counted = (name: string, perCore: number) =>
    totals.count(
      `node/${name}`,
      sums.map((one) => one.cores * perCore),
    );
  return [
    {
      entity: 0,
      kind: 'resource',
      ages,
      metrics: { cpuUsageMicros: counted('cpu', tickMs * 1000), workingSetBytes: bytes(1) },
    },
    {
      entity: 0,
      kind: 'cgroup',
      ages,
      metrics: {
        rssBytes: bytes(0.9),
        cacheBytes: bytes(0.12),
        diskReadBytes: counted('read', 3e6),
        diskWrittenBytes: counted('written', 9e6),
      },
    },
    {
      entity: 0,
      kind: 'network',
      ages,
      metrics: { networkReceivedBytes: counted('in', 38e6), networkTransmittedBytes: counted('out', 44e6) },
    },
  ];
}

function nodeDescription({ name, cores, gibi }: FleetNode): Description {
  return {
    kind: 'node',
    name,
    cores,
    memoryBytes: gibi * 2 ** 30,
    kernelVersion: '6.12.41-amd64',
    osImage: 'Debian GNU/Linux 13 (trixie)',
    missing: [
      { fact: 'macAddresses', reason: 'the kubelet does not tell them; an agent in the host’s network would' },
      { fact: 'systemUuid', reason: 'the kubelet’s page has it empty on this machine' },
    ],
  };
}

function containerEntity(container: FleetContainer, startedAtMs: number, nowMs: number): Entity {
  return {
    kind: 'container',
    key: `${container.pod}-uid/${container.name}`,
    runtimeId: `${container.pod}-${startedAtMs.toString(36)}`,
    startedAtMs,
    description: containerDescription(container, nowMs),
  };
}

function containerDescription(container: FleetContainer, nowMs: number): Description {
  const { namespace, workload, pod, name, image, labels = {}, request, limit, lastTermination } = container;
  const resources = (one: FleetContainer['request']) => ({
    ...(one?.cores === undefined ? {} : { cpuCores: one.cores }),
    ...(one?.mebi === undefined ? {} : { memoryBytes: one.mebi * mebi }),
  });
  const { minutesAgo, ...ended } = lastTermination ?? { minutesAgo: 0, reason: '', exitCode: 0 };
  return {
    kind: 'container',
    namespace,
    pod,
    podUid: `${pod}-uid`,
    name,
    image,
    labels,
    workload,
    qosClass: 'Burstable',
    requests: resources(request),
    limits: resources(limit),
    restarts: container.restarts ?? 0,
    state: container.waiting === undefined ? 'running' : 'waiting',
    ...(container.waiting === undefined ? {} : { stateReason: container.waiting }),
    ...(lastTermination === undefined
      ? {}
      : { lastTermination: { ...ended, finishedAtMs: Math.round(nowMs - minutesAgo * minuteMs) } }),
  };
}

function podEntity({ namespace, pod, workload, labels = {} }: FleetContainer): Entity {
  const description: Description = {
    kind: 'pod',
    namespace,
    name: pod,
    uid: `${pod}-uid`,
    phase: 'Running',
    labels,
    workload,
  };
  return { kind: 'pod', key: `${pod}-uid`, runtimeId: '', startedAtMs: 0, description };
}
