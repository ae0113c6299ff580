import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { seriesAnswerSchema, tickEventSchema } from '@docksnap/contract';
import { containerId } from '../containers/container-id.ts';
import { PersonScopes } from '../access/person-scopes.ts';
import { sessionLimits } from '../access/sessions/sessions.ts';
import { LiveNodes } from '../live/live-nodes.ts';
import { Client, pushAs } from '../testing/client.ts';
import { examplePush, nextTick } from '../testing/example-cluster.ts';
import { type RunningApi, runningApi } from '../testing/running-api.ts';
import { TestClock } from '../testing/test-clock.ts';
import { type TrialDatabase, trialDatabase } from '../testing/trial-database.ts';
import { Reader } from './testing/reader.ts';
import { streamsPerSession } from './open-streams.ts';

const noonMs = Date.UTC(2026, 10, 24, 12);
const clock = new TestClock(noonMs + 5000);

let database: TrialDatabase;
let api: RunningApi;
let nodeIds: readonly string[];
let scope: Awaited<ReturnType<PersonScopes['scopeOf']>> = { kind: 'all' };
const readers: Reader[] = [];

beforeAll(async () => {
  database = await trialDatabase();
  const scopes: PersonScopes = { scopeOf: async () => Promise.resolve(scope) };
  api = await runningApi({ uri: database.uri, clock, overrides: [[PersonScopes, scopes]] });
  for (const node of ['node-1', 'node-2'] as const) await pushAs(api, node, examplePush(node, noonMs));
  const nodes = api.app.get(LiveNodes, { strict: false }).all();
  nodeIds = nodes
    .map(({ record }) => record)
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .map(({ id }) => id);
}, 60_000);

afterAll(async () => {
  await api.stop();
  await database.remove();
});

afterEach(() => {
  scope = { kind: 'all' };
  for (const reader of readers.splice(0)) reader.close();
});

async function read(client: Client, query: string, headers: Record<string, string> = {}): Promise<Reader> {
  const reader = await Reader.open(`${api.url}/api/v1/stream?${query}`, { cookie: client.cookie, ...headers });
  readers.push(reader);
  return reader;
}

/** Both nodes push their next tick, ten seconds later. */
async function tick(): Promise<number> {
  clock.advance(10_000);
  const atMs = Math.floor(clock.nowMs() / 10_000) * 10_000;
  for (const node of ['node-1', 'node-2'] as const) {
    expect((await pushAs(api, node, nextTick(node, noonMs, atMs))).status).toBe(200);
  }
  return atMs;
}

describe('a stream of ticks', () => {
  it('tells of each node that pushed', async () => {
    const reader = await read(await Client.login(api), '');
    expect(reader.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(reader.headers.get('cache-control')).toBe('no-store');
    const atMs = await tick();
    const events = [await reader.event('tick'), await reader.event('tick')].map(({ data }) =>
      tickEventSchema.parse(data),
    );
    expect(new Set(events.map(({ nodeId }) => nodeId))).toEqual(new Set(nodeIds));
    expect(events.map(({ tickMs }) => tickMs)).toEqual([atMs, atMs]);
  });

  it('tells nothing of a node that runs nothing which the person may see', async () => {
    scope = { kind: 'namespaces', namespaces: ['billing'] };
    const reader = await read(await Client.login(api), '');
    await tick();
    await tick();
    const events = [await reader.event('tick'), await reader.event('tick')].map(({ data }) =>
      tickEventSchema.parse(data),
    );
    expect(events.map(({ nodeId }) => nodeId)).toEqual([nodeIds[1], nodeIds[1]]);
  });
});

describe('a stream of points', () => {
  const subject = (): string =>
    `container=${containerId(nodeIds[0] ?? '', 'web-1-uid/server')}&stepSeconds=10&metrics=cpuCores`;

  it('begins with the steps that are not settled, and goes on with those that change', async () => {
    const reader = await read(await Client.login(api), subject());
    const first = await reader.event('points');
    const series = seriesAnswerSchema.parse(first.data);
    expect(first.id).toBe(String(series.timestamps.at(-1)));
    expect(series.timestamps).toHaveLength(12);
    const atMs = await tick();
    const next = await reader.event('points');
    const news = seriesAnswerSchema.parse(next.data);
    expect(news.timestamps).toEqual([atMs]);
    expect(news.metrics['cpuCores']?.values).toEqual([expect.closeTo(0.5, 6)]);
    expect(next.id).toBe(String(atMs));
  });

  it('resumes after the last event that a reader has', async () => {
    const client = await Client.login(api);
    const lastMs = Math.floor(clock.nowMs() / 10_000) * 10_000;
    for (let missed = 0; missed < 20; missed += 1) await tick();
    const reader = await read(client, subject(), { 'last-event-id': String(lastMs) });
    const series = seriesAnswerSchema.parse((await reader.event('points')).data);
    expect(series.timestamps[0]).toBeLessThanOrEqual(lastMs + 10_000);
    expect(series.timestamps.at(-1)).toBe(lastMs + 200_000);
    expect(series.metrics['cpuCores']?.values).not.toContain(null);
  });

  it('takes an id that is none of ours for none', async () => {
    const reader = await read(await Client.login(api), subject(), { 'last-event-id': 'DROP TABLE' });
    expect(seriesAnswerSchema.parse((await reader.event('points')).data).timestamps).toHaveLength(12);
  });

  it.each([
    ['an unknown container', 'container=0000000000000000~pod~name', 404],
    ['two selectors', 'node=a&namespace=b', 422],
    ['an unknown metric', 'namespace=shop&metrics=load', 422],
  ])('refuses %s before it begins', async (_sentence, query, status) => {
    const client = await Client.login(api);
    expect((await client.get(`/api/v1/stream?${query}`)).status).toBe(status);
  });
});

describe('a stream ends', () => {
  it('at logout', async () => {
    const client = await Client.login(api);
    const reader = await read(client, '');
    await client.post('/api/v1/auth/logout');
    await reader.ended();
    expect((await client.get('/api/v1/stream')).status).toBe(401);
  });

  it('when its session is over, which the stream itself does not prolong', async () => {
    const reader = await read(await Client.login(api), '');
    clock.advance(sessionLimits.idleMs);
    await reader.ended(10_000);
  }, 15_000);

  it('for nobody else at that logout', async () => {
    const [one, other] = [await Client.login(api), await Client.login(api)];
    const reader = await read(other, '');
    await one.post('/api/v1/auth/logout');
    await tick();
    await reader.event('tick');
  });

  it('and makes room for another: a session has so many and no more', async () => {
    const client = await Client.login(api);
    const open = [];
    for (let count = 0; count < streamsPerSession; count += 1) open.push(await read(client, ''));
    const refused = await client.get('/api/v1/stream');
    expect([refused.status, refused.body]).toMatchObject([429, { code: 'too_many_streams' }]);
    open[0]?.close();
    await expect(retried(async () => (await read(client, '')).status)).resolves.toBe(200);
  });

  it('when the API stops, which waits for none', async () => {
    const other = await runningApi({ uri: database.uri, clock });
    const reader = await Reader.open(`${other.url}/api/v1/stream`, { cookie: (await Client.login(api)).cookie });
    await other.stop();
    await reader.ended();
  }, 20_000);
});

/** The server notices a closed connection a moment later. */
async function retried(ask: () => Promise<number>): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const status = await ask().catch(() => 0);
    if (status === 200) return status;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return 0;
}
