import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Scope, ledgerAnswerSchema, nodeListSchema, samplesAnswerSchema } from '@docksnap/contract';
import { PersonScopes } from '../access/person-scopes.ts';
import { Client, pushAs } from '../testing/client.ts';
import { examplePush } from '../testing/example-cluster.ts';
import { type RunningApi, runningApi } from '../testing/running-api.ts';
import { TestClock } from '../testing/test-clock.ts';
import { type TrialDatabase, trialDatabase } from '../testing/trial-database.ts';

const noonMs = Date.UTC(2026, 10, 24, 12);
const all: Scope = { kind: 'all' };
const billing: Scope = { kind: 'namespaces', namespaces: ['billing'] };

let database: TrialDatabase;
let api: RunningApi;
let client: Client;
let nodeId = '';
let scope: Scope = all;

beforeAll(async () => {
  database = await trialDatabase();
  const scopes: PersonScopes = { scopeOf: async () => Promise.resolve(scope) };
  api = await runningApi({
    uri: database.uri,
    clock: new TestClock(noonMs + 5000),
    overrides: [[PersonScopes, scopes]],
  });
  await pushAs(api, 'node-1', examplePush('node-1', noonMs));
  client = await Client.login(api);
  nodeId = nodeListSchema.parse((await client.get('/api/v1/nodes')).body).items[0]?.id ?? '';
}, 60_000);

afterAll(async () => {
  await api.stop();
  await database.remove();
});

beforeEach(() => {
  scope = all;
});

describe('GET /api/v1/samples', () => {
  it('gives what was scraped, at its own times, with its unit', async () => {
    const answer = await client.get(`/api/v1/samples?node=${nodeId}&metrics=cpuUsageMicros&from=${noonMs - 60_000}`);
    const { series } = samplesAnswerSchema.parse(answer.body);
    expect(series).toHaveLength(1);
    expect(series[0]).toMatchObject({ metric: 'cpuUsageMicros', kind: 'counter', unit: 'microseconds' });
    const { timestamps = [], values = [] } = series[0] ?? {};
    expect(timestamps.length).toBeGreaterThanOrEqual(5);
    expect(values).toEqual([...values].sort((a, b) => a - b));
  });

  it('gives nothing that was sampled outside of the range', async () => {
    const path = `/api/v1/samples?node=${nodeId}&metrics=cpuUsageMicros&from=${noonMs - 60_000}&to=${noonMs - 30_000}`;
    const { series } = samplesAnswerSchema.parse((await client.get(path)).body);
    const times = series.flatMap(({ timestamps }) => timestamps);
    expect(times.length).toBeGreaterThan(0);
    expect(times.filter((atMs) => atMs < noonMs - 60_000 || atMs > noonMs - 30_000)).toEqual([]);
  });

  it.each([
    ['no selector', '', 422],
    ['two selectors', 'node=a&container=b', 422],
    ['a derived metric', 'node=a&metrics=cpuCores', 422],
    ['a range that ends before it begins', `node=NODE&from=2000&to=1000`, 422],
    ['an unknown container', 'container=a~b~c', 404],
    ['an unknown node', 'node=a', 404],
  ])('refuses %s', async (_sentence, query, status) => {
    expect((await client.get(`/api/v1/samples?${query.replace('NODE', nodeId)}`)).status).toBe(status);
  });

  it('shows each scope its own containers, and nodes to those who may see all', async () => {
    const shop = `/api/v1/samples?container=${nodeId}~web-1-uid~server`;
    expect((await client.get(shop)).status).toBe(200);
    scope = billing;
    expect((await client.get(shop)).status).toBe(404);
    expect((await client.get(`/api/v1/samples?node=${nodeId}`)).status).toBe(403);
  });
});

describe('GET /api/v1/nodes/{id}/ledger', () => {
  it('counts the ticks that are stored, and misses none', async () => {
    const answer = await client.get(`/api/v1/nodes/${nodeId}/ledger`);
    const { epochs } = ledgerAnswerSchema.parse(answer.body);
    expect(epochs).toEqual([expect.objectContaining({ firstSeq: 1, lastSeq: 72, stored: 72, missing: [] })]);
  });

  it('refuses a range longer than a day, and other scopes', async () => {
    const path = `/api/v1/nodes/${nodeId}/ledger`;
    expect((await client.get(`${path}?from=0`)).status).toBe(422);
    scope = billing;
    expect((await client.get(path)).status).toBe(403);
  });
});
