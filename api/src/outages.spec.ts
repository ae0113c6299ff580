import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { containerListSchema, nodeListSchema, seriesAnswerSchema } from '@docksnap/contract';
import { LiveJobs } from './live/live-jobs.ts';
import { Client, pushAs } from './testing/client.ts';
import { examplePush, nextTick } from './testing/example-cluster.ts';
import { type RunningApi, runningApi } from './testing/running-api.ts';
import { TestClock } from './testing/test-clock.ts';
import { type TrialDatabase, trialDatabase } from './testing/trial-database.ts';

/** One story: nodes fall silent, containers go, the API starts anew, the database goes away. Each part builds on the last. */
const noonMs = Date.UTC(2026, 10, 24, 12);
const minuteMs = 60_000;
const clock = new TestClock(noonMs + 5000);

let database: TrialDatabase;
let api: RunningApi;
let client: Client;

beforeAll(async () => {
  database = await trialDatabase();
  api = await runningApi({ uri: database.uri, clock });
  for (const node of ['node-1', 'node-2'] as const) await pushAs(api, node, examplePush(node, noonMs));
  client = await Client.login(api);
}, 60_000);

afterAll(async () => {
  await api.stop();
  await database.remove();
});

async function restart(): Promise<void> {
  await api.stop();
  api = await runningApi({ uri: database.uri, clock });
  const jobs = api.app.get(LiveJobs, { strict: false });
  while (!jobs.isReady) await new Promise((resolve) => setTimeout(resolve, 20));
  client = client.at(api);
}

async function nodes() {
  return nodeListSchema.parse((await client.get('/api/v1/nodes')).body).items;
}

async function containers(query = 'sort=name') {
  return containerListSchema.parse((await client.get(`/api/v1/containers?${query}`)).body).items;
}

async function server(): Promise<string> {
  const [first] = await containers('sort=name&q=web-1%20server');
  return first?.id ?? '';
}

async function detail(id: string) {
  return client.get(`/api/v1/containers/${id}`);
}

async function series(query: string) {
  return seriesAnswerSchema.parse((await client.get(`/api/v1/series?metrics=cpuCores&${query}`)).body);
}

describe('a node that falls silent', () => {
  it('is named, with since when and why, and has no values any more', async () => {
    clock.advance(50_000);
    await pushAs(api, 'node-2', nextTick('node-2', noonMs, noonMs + 50_000));
    expect(await nodes()).toMatchObject([
      {
        name: 'node-1',
        state: 'silent',
        silence: { reason: 'NoRecentData', sinceMs: noonMs },
        lastTickMs: noonMs,
        cpuCores: null,
        workingSetBytes: null,
        containers: 2,
      },
      { name: 'node-2', state: 'reporting', silence: null },
    ]);
  });

  it('leaves its containers unknown, without values', async () => {
    expect(await containers('sort=name&node=node-1')).toMatchObject([
      { name: 'proxy', state: 'unknown', stateReason: 'NoRecentData', cpuCores: null, workingSetBytes: null },
      { name: 'server', state: 'unknown', stateReason: 'NoRecentData', cpuCores: null, workingSetBytes: null },
    ]);
    expect((await containers('node=node-2'))[0]?.state).toBe('running');
  });

  it('leaves a gap in its series', async () => {
    clock.advance(2 * minuteMs);
    const { metrics } = await series(`container=${await server()}`);
    expect(metrics['cpuCores']?.values.slice(-3)).toEqual([expect.closeTo(0.5), null, null]);
  });
});

describe('a container that goes', () => {
  it('is listed no more, but among those gone, and has its past', async () => {
    const id = await server();
    const atMs = noonMs + 170_000;
    const push = nextTick('node-1', noonMs, atMs);
    const blocks = push.blocks.map((block) => ({ ...block, ...without(block, 'web-1-uid/server') }));
    expect((await pushAs(api, 'node-1', { blocks })).status).toBe(200);
    expect((await containers('sort=name&node=node-1')).map(({ name }) => name)).toEqual(['proxy']);
    expect((await containers('state=gone')).map(({ name, cpuCores }) => [name, cpuCores])).toEqual([['server', null]]);
    expect((await detail(id)).body).toMatchObject({ id, state: 'gone', cpuCores: null, lastSampleMs: noonMs });
  });
});

describe('an API that starts anew', () => {
  it('knows the last 15 minutes, and those gone', async () => {
    const [before] = await containers('state=gone');
    await restart();
    expect((await nodes()).map(({ name }) => name)).toEqual(['node-1', 'node-2']);
    expect((await containers('state=gone')).map(({ id }) => id)).toEqual([before?.id]);
  });

  it('lists nodes that were silent for longer, and finds containers and series of the past', async () => {
    const [gone] = await containers('state=gone');
    const id = gone?.id ?? '';
    clock.advance(60 * minuteMs);
    await restart();
    expect(await nodes()).toMatchObject([
      { name: 'node-1', state: 'silent', silence: { reason: 'NoRecentData' }, cpuCores: null },
      { name: 'node-2', state: 'silent', silence: { reason: 'NoRecentData' }, cpuCores: null },
    ]);
    expect(await containers()).toEqual([]);
    expect((await detail(id)).body).toMatchObject({ id, name: 'server', node: 'node-1', state: 'gone' });
    const past = `from=${noonMs - 5 * minuteMs}&to=${noonMs}`;
    for (const query of [`container=${id}`, 'workload=shop/Deployment/web', 'namespace=shop']) {
      const { metrics, partial } = await series(`${query}&${past}`);
      const cores = query.startsWith('container') ? 0.5 : 0.875;
      expect([partial, ...(metrics['cpuCores']?.values ?? [])]).toEqual([
        null,
        ...Array<unknown>(5).fill(expect.closeTo(cores)),
      ]);
    }
  });
});

describe('a database that is away', () => {
  it('leaves what is in memory readable, and says what is not whole', async () => {
    const endMs = noonMs + 63 * minuteMs;
    for (const node of ['node-1', 'node-2'] as const) {
      for (const atMs of [endMs - 20_000, endMs - 10_000, endMs]) await pushAs(api, node, nextTick(node, noonMs, atMs));
    }
    const id = await server();
    await database.kill();
    expect((await nodes()).map(({ state }) => state)).toEqual(['reporting', 'reporting']);
    expect(await containers()).toHaveLength(4);
    expect((await detail(id)).status).toBe(200);
    expect((await series(`container=${id}&stepSeconds=10`)).partial).toBeNull();
    const old = await series(`namespace=shop&from=${noonMs}&to=${endMs}`);
    expect(old.partial).toMatch(/database/);
    expect(old.metrics['cpuCores']?.values.at(-1)).toEqual(expect.closeTo(0.875));
  }, 20_000);

  it('makes what only it knows answer 503 within 5 s, to be asked again', async () => {
    const startedMs = performance.now();
    const answer = await detail('0000000000000000~pod~name');
    expect([404, 503]).toContain(answer.status);
    const past = await client.get(`/api/v1/series?container=${(await nodes())[0]?.id ?? ''}~no-such-pod~name`);
    expect([past.status, past.body]).toMatchObject([503, { code: 'database_unavailable' }]);
    expect(past.headers.get('retry-after')).toBe('5');
    expect(performance.now() - startedMs).toBeLessThan(5000);
    await database.start();
  }, 20_000);
});

type JsonBlock = ReturnType<typeof nextTick>['blocks'][number];

/** A block that does not list an entity. */
function without(block: JsonBlock, key: string): Pick<JsonBlock, 'entities' | 'groups'> {
  const kept = block.entities.filter((entity) => entity.key !== key);
  const groups = block.groups.flatMap((group) => {
    const entity = kept.findIndex((one) => one.key === block.entities[group.entity]?.key);
    return entity < 0 ? [] : [{ ...group, entity }];
  });
  return { entities: kept, groups };
}
