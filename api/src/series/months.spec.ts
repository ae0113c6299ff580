import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Description, groupsAnswerSchema, type SeriesAnswer, seriesAnswerSchema } from '@docksnap/contract';
import { descriptionHash, encodeBlock } from '@docksnap/contract/codec';
import { sha256 } from '../codec/sha256.ts';
import { zstd } from '../codec/zstd.ts';
import { Store } from '../store/store.ts';
import { Client } from '../testing/client.ts';
import { type RunningApi, runningApi } from '../testing/running-api.ts';
import { TestClock } from '../testing/test-clock.ts';
import { type TrialDatabase, trialDatabase } from '../testing/trial-database.ts';
import { SpansJob, spansWaitMs } from '../tiers/spans-job.ts';
import { steadyBlocks } from '../tiers/testing/rolled-node.ts';
import { WindowsJob, windowsWaitMs } from '../tiers/windows-job.ts';

const hourMs = 3_600_000;
const startMs = Date.UTC(2026, 10, 24, 4);
const endMs = startMs + 4 * hourMs;
const clock = new TestClock(startMs + 8 * hourMs);
const container: Description = {
  kind: 'container',
  namespace: 'shop',
  pod: 'web-1',
  podUid: 'web-1',
  name: 'web',
  image: 'web:1',
  labels: { app: 'web' },
  requests: {},
  limits: {},
  state: 'running',
  restarts: 0,
  workload: { kind: 'Deployment', name: 'web' },
};
const description = descriptionHash(container, sha256);

let database: TrialDatabase;
let api: RunningApi;
let client: Client;
let id = '';

/** Half a core, and a working set that grows by a byte a millisecond. */
const rows = (atMs: number) => [
  { key: 'node', kind: 'node' as const, values: { 1: (atMs - startMs) * 750, 2: 1_000_000 } },
  {
    key: 'web-1/web',
    runtimeId: 'one',
    startedAtMs: startMs,
    description,
    values: { 1: (atMs - startMs) * 500, 2: atMs - startMs },
  },
];

beforeAll(async () => {
  database = await trialDatabase();
  api = await runningApi({ uri: database.uri, clock });
  const store = api.app.get(Store);
  id = (await store.nodeFor('cluster', 'node', 'node-uid')).id;
  await store.putDescriptions(id, new Map([[description, container]]));
  const blocks = steadyBlocks(startMs, endMs, rows, { most: 60 });
  const pushed = blocks.map((block) => ({ block, bytes: encodeBlock(block, zstd) }));
  await store.append({ nodeId: id, blocks: pushed, report: undefined, skewMs: 0 });
  client = await Client.login(api);
  // What was read of nodes at the start is read again.
  clock.advance(10_000);
}, 120_000);

afterAll(async () => {
  await api.stop();
  await database.remove();
});

async function series(query: string): Promise<SeriesAnswer> {
  const { status, body } = await client.get(`/api/v1/series?from=${startMs}&stepSeconds=300&${query}`);
  expect([status, body]).toEqual([200, expect.anything()]);
  return seriesAnswerSchema.parse(body);
}

function rounded({ metrics }: SeriesAnswer): unknown {
  return Object.values(metrics).map(({ values }) => values.map((value) => value && Number(value.toFixed(3))));
}

describe('series that are read from sums', () => {
  const questions = [
    ['a node', () => `node=${id}&to=${endMs}`],
    ['a pod', () => `pod=shop/web-1&to=${endMs}`],
    ['a namespace', () => `namespace=shop&to=${endMs}`],
    ['a workload', () => `workload=shop/Deployment/web&to=${endMs}`],
    ['labels', () => `labels=app%3Dweb&to=${endMs}`],
    ['a range that goes on behind them', () => `namespace=shop&to=${endMs + hourMs}`],
  ] as const;
  const raw = new Map<string, SeriesAnswer>();

  it('come from samples until there are sums', async () => {
    for (const [sentence, query] of questions) raw.set(sentence, await series(query()));
    expect([...raw.values()].map(({ tier }) => tier)).toEqual(questions.map(() => 'raw'));
    const [cores, bytes] = Object.values(raw.get('a namespace')?.metrics ?? {});
    expect([cores?.values.at(-1), bytes?.values[0]]).toEqual([0.5, 155_000]);
    clock.advance(windowsWaitMs);
    await api.app.get(WindowsJob).turn();
    clock.advance(spansWaitMs);
    await api.app.get(SpansJob).turn();
  });

  it.each(questions)('give of %s what samples gave, and say so', async (sentence, query) => {
    const answer = await series(query());
    expect(rounded(answer)).toEqual(rounded(raw.get(sentence) ?? answer));
    expect([answer.tier, answer.partial]).toEqual(['m5', null]);
    expect(answer.coveredShare).toBeGreaterThan(0.75);
  });

  it('give percentiles over parts that sums know, where the range is long', async () => {
    const from = startMs - 20 * 24 * hourMs;
    const { body } = await client.get(
      `/api/v1/series?namespace=shop&from=${from}&to=${endMs}&stepSeconds=3600&statistic=p50&metrics=workingSetBytes`,
    );
    const { metrics, tier, resolutionSeconds } = seriesAnswerSchema.parse(body);
    expect([tier, resolutionSeconds]).toEqual(['m5', 300]);
    // The median of what grows evenly is what it is in the middle of the hour; a step has its samples 5 s later.
    expect(metrics['workingSetBytes']?.values.at(-1)).toBe(3.5 * hourMs + 5000);
  });

  it('know nothing of a workload that never was, which is then not there', async () => {
    const path = `/api/v1/series?workload=shop/Deployment/never&from=${startMs}&to=${startMs + 2 * hourMs}&stepSeconds=300`;
    expect((await client.get(path)).status).toBe(404);
  });

  it('are taken apart by workload', async () => {
    const { body } = await client.get(
      `/api/v1/groups?namespace=shop&by=workload&from=${startMs}&to=${endMs}&stepSeconds=300`,
    );
    const { metrics, tier } = groupsAnswerSchema.parse(body);
    const [group] = metrics['cpuCores']?.groups ?? [];
    expect([tier, group?.name, group?.pod, group?.node]).toEqual(['m5', 'web', null, null]);
    expect(metrics['cpuCores']?.total).toEqual(group?.values);
  });
});
