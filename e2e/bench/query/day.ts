import { metricById } from '@docksnap/contract';
import type { Block, Description, Entity } from '@docksnap/contract';
import { descriptionHash } from '@docksnap/contract/codec';
import { sha256 } from '../../../agent/src/sha256.ts';
import type { PeerSeries } from '../peers/series.ts';
import { fleetOf, readRecording, recordedMetricIds } from '../recording/recording.ts';

export const stepMs = 10_000;
export const containersPerNode = 50;
export const namespace = 'bench';
const cgroups = 19;

/** A node and who runs on it. */
export interface DayNode {
  readonly name: string;
  readonly entities: readonly Entity[];
  readonly descriptions: ReadonlyMap<string, Description>;
  /** The number of its first container, over all nodes. */
  readonly first: number;
}

/** Containers that show the recording again and again, each from another second of it; counters go on growing. */
export class Day {
  readonly nodes: readonly DayNode[];
  readonly startMs: number;
  readonly #recording = readRecording();

  /** @param nodes how many; @param startMs a multiple of ten seconds, at which the first tick is taken. */
  constructor(nodes: number, startMs: number) {
    this.startMs = startMs;
    const { entities } = fleetOf(nodes * containersPerNode, startMs, 0);
    this.nodes = Array.from({ length: nodes }, (_, node) => {
      const first = node * containersPerNode;
      const descriptions = new Map<string, Description>();
      const own = entities.slice(first, first + containersPerNode).map((entity, index) => {
        const description = descriptionOf(entity.key, first + index);
        const hash = descriptionHash(description, sha256);
        descriptions.set(hash, description);
        return { ...entity, description: hash };
      });
      return { name: `node-${node}`, entities: own, descriptions, first };
    });
  }

  /** What a series shows at a time that is a multiple of ten seconds. */
  value(container: number, metric: number, atMs: number): number {
    const { seconds } = this.#recording;
    const second = (atMs - this.startMs) / 1000 + Math.floor(container / cgroups) * 7;
    const column = recordedMetricIds.indexOf(metric);
    const of = (index: number): number => seconds[index]?.[container % cgroups]?.[column] ?? NaN;
    const shown = of(second % seconds.length);
    if (metricById(metric)?.kind === 'gauge') return shown;
    return shown + Math.floor(second / seconds.length) * (of(seconds.length - 1) - of(0));
  }

  /** Ticks of a node, one after another, from a time on. */
  block({ name, entities, first }: DayNode, fromMs: number, ticks: number): Block {
    const times = Array.from({ length: ticks }, (_, tick) => fromMs + tick * stepMs);
    return {
      epoch: Buffer.from(name.padEnd(16).slice(0, 16)).toString('hex'),
      firstSeq: (fromMs - this.startMs) / stepMs + 1,
      intervalMs: stepMs,
      tickTimes: times,
      entities,
      groups: entities.map((_, entity) => ({
        entity,
        kind: 'cgroup',
        ages: new Float64Array(ticks),
        columns: recordedMetricIds.map((metric) => ({
          metric,
          values: Float64Array.from(times, (atMs) => this.value(first + entity, metric, atMs)),
        })),
      })),
    };
  }

  /** One metric of a node's containers, until a time. */
  series({ name, entities, first }: DayNode, metric: number, fromMs: number, toMs: number): readonly PeerSeries[] {
    const timesMs = Array.from({ length: (toMs - fromMs) / stepMs + 1 }, (_, tick) => fromMs + tick * stepMs);
    return entities.map(({ key }, entity): PeerSeries => {
      const labels = { __name__: metricById(metric)?.name ?? '', namespace, node: name, container: key };
      return { labels, timesMs, values: timesMs.map((atMs) => this.value(first + entity, metric, atMs)) };
    });
  }
}

function descriptionOf(key: string, container: number): Description {
  return {
    kind: 'container',
    namespace,
    pod: `worker-${container}`,
    podUid: key.slice(0, key.indexOf('/')),
    name: 'main',
    image: `registry.example.com/worker:${container % 7}`,
    labels: {
      app: 'worker',
      ...(container % 100 === 0 && { in20: 'yes' }),
      ...(container % 10 === 0 && { in200: 'yes' }),
    },
    requests: {},
    limits: {},
    state: 'running',
    restarts: 0,
    workload: { kind: 'Deployment', name: `worker-${container % 100}` },
  };
}
