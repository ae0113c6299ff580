import { metricById } from '@docksnap/contract';
import type { Block, Description } from '@docksnap/contract';
import { descriptionHash, encodePush } from '@docksnap/contract/codec';
import { sha256 } from '../../../agent/src/sha256.ts';
import { RosterKeeper } from '../../../agent/src/tick/roster-keeper.ts';
import { zstd } from '../../../agent/src/zstd.ts';
import type { PeerSeries } from '../peers/series.ts';
import { fleetOf, ownClocks, readRecording, samplesOf, tickOf } from '../recording/recording.ts';

export const containers = 60;
const stepSeconds = 10;
/** Containers that are copies of one recorded cgroup show its values from other times. */
const secondsApart = 380;
/** Where a block has its epoch: behind the magic and the version (FORMAT.md, "Block"). */
const epochAt = 4;

/** One tick of every node: what a node's agent pushes, and the same samples as series. */
export interface FleetTick {
  /** The body of a node's push. */
  bodyOf(node: number): Uint8Array;
  /** The samples of a node, one of each series that has one at this tick. */
  seriesOf(node: number): readonly PeerSeries[];
  /** Samples of each node. */
  readonly samples: number;
}

/**
 * Ticks of nodes of 60 containers with 17 metrics, each container sampled at its own time. Nodes differ in their names
 * and epochs; their values are the same, for which neither codec nor peer cares. The first tick's body brings roster
 * and descriptions.
 */
export function fleetTicks(count: number, nowMs: number): readonly FleetTick[] {
  const recording = readRecording();
  const fleet = fleetOf(containers, recording.startMs, secondsApart);
  const descriptions = new Map<string, Description>();
  const entities = fleet.entities.map((entity, index) => {
    const description = descriptionOf(entity.key, index);
    const hash = descriptionHash(description, sha256);
    descriptions.set(hash, description);
    return { ...entity, description: hash };
  });
  const clock = ownClocks(containers, count, stepSeconds);
  const firstMs = nowMs - count * stepSeconds * 1000;
  const blocks = Array.from({ length: count }, (_, tick) => ({
    ...tickOf(recording, { ...fleet, entities }, clock, tick, stepSeconds),
    tickTimes: [firstMs + (tick + 1) * stepSeconds * 1000],
  }));
  const keeper = new RosterKeeper(zstd);
  let known = '';
  return blocks.map((block, tick): FleetTick => {
    const { bytes, roster } = keeper.encode(block);
    const rosters = new Map(roster.hash === known ? [] : [[roster.hash, roster.bytes]]);
    known = roster.hash;
    const named = { descriptions: tick === 0 ? descriptions : new Map<string, Description>(), rosters };
    return {
      bodyOf: (node) => {
        const own = bytes.slice();
        own.set(epochOf(node), epochAt);
        return encodePush({ ...named, blocks: [own] });
      },
      seriesOf: (node) => seriesOf(block, `node-${node}`),
      samples: samplesOf([block]),
    };
  });
}

function epochOf(node: number): Uint8Array {
  const epoch = Buffer.alloc(16);
  epoch.writeUInt32BE(node + 1);
  return epoch;
}

function descriptionOf(key: string, index: number): Description {
  const pod = `worker-${index}`;
  return {
    kind: 'container',
    namespace: `team-${index % 10}`,
    pod,
    podUid: key.slice(0, key.indexOf('/')),
    name: 'main',
    image: `registry.example.com/worker:${index % 7}`,
    labels: { app: 'worker' },
    requests: { cpuCores: 0.1 },
    limits: { cpuCores: 1, memoryBytes: 2 ** 29 },
    state: 'running',
    restarts: 0,
    workload: { kind: 'Deployment', name: `worker-${index % 20}` },
  };
}

function seriesOf({ tickTimes, entities, groups }: Block, node: string): readonly PeerSeries[] {
  const [tickMs = 0] = tickTimes;
  return groups.flatMap(({ entity, ages, columns }) => {
    const [podUid = '', container = ''] = (entities[entity]?.key ?? '').split('/');
    const timesMs = [tickMs - (ages[0] ?? 0)];
    return columns.map(({ metric, values }): PeerSeries => {
      const labels = { __name__: metricById(metric)?.name ?? `metric_${metric}`, node, pod: podUid, container };
      return { labels, timesMs, values: [values[0] ?? NaN] };
    });
  });
}
