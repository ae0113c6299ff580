import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Block, Description } from '@docksnap/contract';
import { descriptionHash, encodeBlock } from '@docksnap/contract/codec';
import { sha256 } from '../codec/sha256.ts';
import { zstd } from '../codec/zstd.ts';
import type { Row } from '../series/testing/blocks.ts';
import { stepValues } from '../series/step-sums.ts';
import type { Steps } from '../series/steps.ts';
import { Store } from '../store/store.ts';
import { type RunningApi, runningApi } from '../testing/running-api.ts';
import { TestClock } from '../testing/test-clock.ts';
import { type TrialDatabase, trialDatabase } from '../testing/trial-database.ts';
import { belongingOf } from '../workloads/workload-of.ts';
import { SpanMarks, WindowMarks } from './marks.ts';
import { coarsened } from './coarsen.ts';
import { rollUp } from './roll-up.ts';
import { nothingOn } from './splice.ts';
import { SpansJob, spansWaitMs } from './spans-job.ts';
import { SumsReader } from './sums-reader.ts';
import { steadyBlocks } from './testing/rolled-node.ts';
import { WindowsJob, windowsWaitMs } from './windows-job.ts';
import { WorkloadSums } from './workload-sums.ts';

const cpu = 1;
const memory = 2;
const received = 40;
const metricIds = new Set([cpu, memory, received]);
const hourMs = 3_600_000;
const startMs = Date.UTC(2026, 10, 24, 4);
const hours: Steps = { fromMs: startMs, stepMs: hourMs, count: 4 };
const fives: Steps = { fromMs: startMs, stepMs: 300_000, count: 48 };

const pod = (name: string): Description => ({
  kind: 'pod',
  namespace: 'shop',
  name,
  uid: name,
  phase: 'Running',
  workload: { kind: 'Deployment', name: 'web' },
  labels: {},
});
const container = (name: string): Description => ({
  kind: 'container',
  namespace: 'shop',
  pod: name,
  podUid: name,
  name: 'web',
  image: 'web:1',
  labels: {},
  requests: {},
  limits: {},
  state: 'running',
  restarts: 0,
  workload: { kind: 'Deployment', name: 'web' },
});
const hashOf = (description: Description): string => descriptionHash(description, sha256);

/** One pod with one container, `cores` in use. */
function rows(name: string, cores: number) {
  const [ofPod, ofContainer] = [hashOf(pod(name)), hashOf(container(name))];
  return (atMs: number): Row[] => [
    {
      key: name,
      kind: 'pod',
      group: 'network',
      description: ofPod,
      values: { [received]: atMs - startMs },
    },
    {
      key: `${name}/web`,
      runtimeId: name,
      startedAtMs: startMs,
      description: ofContainer,
      values: { [cpu]: (atMs - startMs) * 1000 * cores, [memory]: 1e6 * cores + (atMs % 1000) },
    },
  ];
}

describe('tiers on a real FerretDB', () => {
  const clock = new TestClock(Date.UTC(2026, 10, 24, 12, 0, 30));
  const blocks = new Map<string, Block[]>();
  let database: TrialDatabase;
  let api: RunningApi;

  beforeAll(async () => {
    database = await trialDatabase();
    api = await runningApi({ uri: database.uri, clock });
    const store = api.app.get(Store);
    for (const [name, cores] of [
      ['one', 0.25],
      ['two', 0.5],
    ] as const) {
      const { id } = await store.nodeFor('cluster', name, `${name}-uid`);
      const descriptions = [pod(name), container(name)].map((one) => [hashOf(one), one] as const);
      await store.putDescriptions(id, new Map(descriptions));
      const given = steadyBlocks(startMs + 5000, startMs + 4 * hourMs, rows(name, cores), { most: 60 });
      blocks.set(id, given);
      const pushed = given.map((block) => ({ block, bytes: encodeBlock(block, zstd) }));
      await store.append({ nodeId: id, blocks: pushed, report: undefined, skewMs: 0 });
    }
  }, 60_000);
  afterAll(async () => {
    await api.stop();
    await database.remove();
  });

  it('roll up what is marked, once it has waited', async () => {
    const marks = api.app.get(WindowMarks);
    expect((await marks.list()).length).toBeGreaterThan(0);
    await api.app.get(WindowsJob).turn();
    expect((await marks.list()).length).toBeGreaterThan(0);
    clock.advance(windowsWaitMs);
    await api.app.get(WindowsJob).turn();
    expect(await marks.list()).toEqual([]);
    clock.advance(spansWaitMs);
    await api.app.get(SpansJob).turn();
    expect(await api.app.get(SpanMarks).list()).toEqual([]);
  });

  it.each([
    ['m5', fives],
    ['h1', hours],
    ['m5', hours],
  ] as const)('give of a node in %s what its samples give', async (tier, steps) => {
    for (const [id, given] of blocks) {
      const opened = await api.app.get(SumsReader).node(id, { steps, tier, metricIds });
      const direct = rollUp(given, steps);
      for (const track of opened.tracks(() => true)) {
        const same = direct.entities.get(track.key);
        expect(track.gauges).toEqual(same?.gauges);
        expect(rounded(track.counters.get(cpu)?.increase)).toEqual(rounded(same?.counters.get(cpu)?.increase));
      }
      expect(opened.entities).toHaveLength(2);
      expect(opened.throughMs).toBe(startMs + 4 * hourMs);
    }
  });

  it.each([
    ['m5', fives],
    ['h1', hours],
  ] as const)('give of a namespace in %s the sums of its workloads over all nodes', async (tier, steps) => {
    const opened = await api.app.get(SumsReader).namespace('cluster', 'shop', { steps, tier, metricIds });
    const total = new WorkloadSums(fives);
    for (const given of blocks.values()) {
      total.add(rollUp(given, fives), () => belongingOf(pod('any')));
    }
    const expected = coarsened(total.namespaces().get('shop') ?? nothingOn(fives), steps).entities;
    const tracks = opened.tracks(() => true).sort((one, other) => (one.key < other.key ? -1 : 1));
    expect(tracks.map(({ key }) => key)).toEqual(['container/Deployment/web', 'pod/Deployment/web']);
    for (const { key, counters, gauges } of tracks) {
      expect(gauges).toEqual(expected.get(key)?.gauges);
      expect(rounded(counters.get(cpu)?.increase)).toEqual(rounded(expected.get(key)?.counters.get(cpu)?.increase));
    }
    const cores = stepValues({ kind: 'rate', from: ['cpuUsageMicros'], scale: 1e-6 }, tracks.slice(0, 1), steps.count);
    expect(cores[1]).toBeCloseTo(0.75, 6);
  });
});

function rounded(values: Float64Array | undefined): number[] {
  return [...(values ?? [])].map((value) => Number(value.toFixed(1)));
}
