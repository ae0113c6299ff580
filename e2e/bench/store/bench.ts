import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Block } from '@docksnap/contract';
import { decodeBlock, encodeBlock, mergeBlocks } from '@docksnap/contract/codec';
import { zstd } from '../../../api/src/codec/zstd.ts';
import { claimOf } from '../../../api/src/parts/claim.ts';
import { partOf } from '../../../api/src/parts/new-parts.ts';
import type { Part } from '../../../api/src/parts/part.ts';
import { PartRosters } from '../../../api/src/parts/part-rosters.ts';
import { MemoryDatabase } from '../../../api/src/testing/crash/memory-database.ts';
import { TestClock } from '../../../api/src/testing/test-clock.ts';
import type { Bench, BenchContext, Goal, Row } from '../harness/bench.ts';
import { interleaved } from '../harness/interleaved.ts';
import { prometheusBlocks } from '../peers/prometheus.ts';
import type { PeerSeries } from '../peers/series.ts';
import { sampleCount } from '../peers/series.ts';
import { VictoriaMetrics } from '../peers/victoria-metrics.ts';
import type { Clock } from '../recording/recording.ts';
import { fleetOf, ownClocks, readRecording, samplesOf, sharedClock, tickOf } from '../recording/recording.ts';
import { bsonBytes } from './bson-bytes.ts';

const containers = 19;
const windowSeconds = 600;
const windows = 2;

const smaller: Goal = { kind: 'at most', of: 'ratio', bound: 1 };

interface Case {
  readonly what: string;
  readonly stepSeconds: number;
  readonly clock: Clock;
  /** What DockSnap's bytes a sample may be at most; less than each peer's they have to be in any case. */
  readonly bound?: number;
}

const cases: readonly Case[] = [
  { what: 'each second', stepSeconds: 1, clock: sharedClock(1), bound: 0.32 },
  { what: 'each 10 s', stepSeconds: 10, clock: sharedClock(10) },
  {
    what: 'each 10 s, each container at its own time',
    stepSeconds: 10,
    clock: ownClocks(containers, (windows * windowSeconds) / 10, 10),
    bound: 0.65,
  },
];

const node = '0123456789abcdef';
const daySeconds = 86_400;

/**
 * The recording's ticks, sealed as the API seals them: a part a window, in BSON. What the parts of a day name together
 * counts with their share of the day.
 */
async function sealedBytes(ticks: readonly Block[], stepSeconds: number): Promise<number> {
  const perWindow = windowSeconds / stepSeconds;
  const database = new MemoryDatabase(new TestClock());
  const rosters = new PartRosters(database);
  let bytes = 0;
  for (let from = 0; from < ticks.length; from += perWindow) {
    const window = ticks.slice(from, from + perWindow);
    const held = window.map((block) => {
      const pushed = encodeBlock(block, zstd);
      return claimOf(block, pushed);
    });
    const merged = mergeBlocks(window);
    const roster = await rosters.baseFor(node, 0, merged);
    const part = partOf(`${node}/2983000/0`, held, merged, roster);
    checkWhole({ ...part, base: roster }, window);
    bytes += bsonBytes(part);
  }
  const named = (await database.of('part_rosters').all()).reduce((sum, document) => sum + bsonBytes(document), 0);
  return bytes + (named * ticks.length * stepSeconds) / daySeconds;
}

/** What does not come back is no figure. */
function checkWhole({ entries, body, base }: Part, window: readonly Block[]): void {
  let offset = 0;
  const rosters = (hash: string) => (hash === base?.hash ? base.roster : undefined);
  const blocks = entries.map(({ byteLength }) => {
    const bytes = body.subarray(offset, (offset += byteLength));
    return decodeBlock(bytes, zstd, undefined, rosters);
  });
  if (samplesOf(blocks) !== samplesOf(window)) throw new Error('samples were lost in a part');
}

interface CollectedSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly timesMs: number[];
  readonly values: number[];
}

/** The same samples, each at its own time. */
function peerSeries(ticks: readonly Block[]): readonly PeerSeries[] {
  const series = new Map<string, CollectedSeries>();
  for (const { tickTimes, entities, groups } of ticks) {
    for (const { entity, ages, columns } of groups) {
      for (const { metric, values } of columns) {
        const key = `${entity}/${metric}`;
        const labels = { __name__: `metric_${metric}`, container: entities[entity]?.key ?? '' };
        const one: CollectedSeries = series.get(key) ?? { labels, timesMs: [], values: [] };
        one.timesMs.push((tickTimes[0] ?? 0) - (ages[0] ?? 0));
        one.values.push(values[0] ?? 0);
        series.set(key, one);
      }
    }
  }
  return [...series.values()];
}

async function victoriaMetricsBytes(folder: string, series: readonly PeerSeries[]): Promise<number> {
  const peer = await VictoriaMetrics.start(folder);
  try {
    await peer.import(series);
    await peer.settle();
    const found = await peer.sampleCount();
    if (found !== sampleCount(series))
      throw new Error(`VictoriaMetrics has ${found} of ${sampleCount(series)} samples`);
    return (await peer.bytes()).samples;
  } finally {
    await peer.end();
  }
}

async function measure({ what, stepSeconds, clock, bound }: Case, context: BenchContext): Promise<Row[]> {
  const recording = readRecording();
  const fleet = fleetOf(containers, recording.startMs, 0);
  const ticks = Array.from({ length: (windows * windowSeconds) / stepSeconds }, (_, tick) =>
    tickOf(recording, fleet, clock, tick, stepSeconds),
  );
  const series = peerSeries(ticks);
  const samples = sampleCount(series);
  const folderOf = (name: string, run: number): string => {
    const folder = join(context.folder, `${name}-${what.replaceAll(/\W/g, '')}-${run}`);
    mkdirSync(folder);
    return folder;
  };
  const results = await interleaved(
    context.runs,
    {
      docksnap: async () => (await sealedBytes(ticks, stepSeconds)) / samples,
      victoriaMetrics: async (run) => (await victoriaMetricsBytes(folderOf('vm', run), series)) / samples,
      prometheus: async (run) => (await prometheusBlocks(folderOf('prometheus', run), series)).samples / samples,
    },
    (line) => {
      context.progress(`${what}: ${line}`);
    },
  );
  const { docksnap: ours, victoriaMetrics, prometheus } = results;
  const peers = [
    { name: 'VictoriaMetrics', values: victoriaMetrics },
    { name: 'Prometheus', values: prometheus },
  ];
  const goal = bound === undefined ? {} : { goal: { kind: 'at most', of: 'value', bound } as const };
  return [
    { what, unit: 'B/sample', ours, ...goal },
    ...peers.map((peer): Row => {
      return { what: `${what}, beside ${peer.name}`, unit: 'B/sample', ours, peer, goal: smaller };
    }),
  ];
}

async function run(context: BenchContext): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const one of cases) rows.push(...(await measure(one, context)));
  return rows;
}

export const bench: Bench = {
  name: 'store',
  title: 'Store: parts of ten minutes with identifiers and BSON; of peers the samples alone, without their index',
  expectedMinutes: 4,
  run,
};
