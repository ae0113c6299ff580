import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { containerListSchema, nodeListSchema, type Scope } from '@docksnap/contract';
import { PersonScopes } from '../access/person-scopes.ts';
import { Client, pushAs } from '../testing/client.ts';
import { examplePush } from '../testing/example-cluster.ts';
import { type RunningApi, runningApi } from '../testing/running-api.ts';
import { TestClock } from '../testing/test-clock.ts';
import { type TrialDatabase, trialDatabase } from '../testing/trial-database.ts';

const noonMs = Date.UTC(2026, 10, 24, 12);
let scope: Scope = { kind: 'all' };
let database: TrialDatabase;
let api: RunningApi;
let client: Client;
let container = '';

beforeAll(async () => {
  database = await trialDatabase();
  const scopes: PersonScopes = { scopeOf: async () => Promise.resolve(scope) };
  api = await runningApi({
    uri: database.uri,
    clock: new TestClock(noonMs + 5000),
    overrides: [[PersonScopes, scopes]],
  });
  for (const node of ['node-1', 'node-2'] as const) await pushAs(api, node, examplePush(node, noonMs));
  client = await Client.login(api);
  const nodes = nodeListSchema.parse((await client.get('/api/v1/nodes')).body);
  container = `${nodes.items[0]?.id ?? ''}~web-1-uid~server`;
}, 60_000);

afterAll(async () => {
  await api.stop();
  await database.remove();
});

/** The lines of an answer in CSV, their cells split: no text of the example holds a comma. */
async function lines(path: string, headers: Record<string, string> = {}): Promise<string[][]> {
  const answer = await fetch(api.url + path, { headers: { cookie: client.cookie, ...headers } });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
  expect(answer.headers.get('vary')).toContain('accept');
  const text = await answer.text();
  return text
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
}

describe('an answer in CSV', () => {
  it('has the rows of the list that JSON has', async () => {
    const { items } = containerListSchema.parse((await client.get('/api/v1/containers?sort=name')).body);
    const [header = [], ...rows] = await lines('/api/v1/containers?sort=name&format=csv');
    expect(header).toEqual(expect.arrayContaining(['id', 'namespace', 'workload.kind', 'cpuCores']));
    const cell = (row: string[], name: string): string | undefined => row[header.indexOf(name)];
    expect(rows.map((row) => [cell(row, 'id'), cell(row, 'workload.name'), cell(row, 'restarts')])).toEqual(
      items.map(({ id, workload, restarts }) => [id, workload?.name ?? '', String(restarts)]),
    );
  });

  it.each([
    ['nodes', 2],
    ['workloads', 2],
  ])('is there for %s', async (list, rows) => {
    expect(await lines(`/api/v1/${list}`, { accept: 'text/csv' })).toHaveLength(1 + rows);
  });

  it('has a row per step of a series', async () => {
    const rows = await lines(`/api/v1/series?container=${container}&metrics=workingSetBytes&format=csv`);
    expect(rows).toHaveLength(11);
    expect([rows[0], rows.at(-1)]).toEqual([
      ['time', 'workingSetBytes'],
      [new Date(noonMs).toISOString(), '100'],
    ]);
  });

  it('has a row per sample', async () => {
    const rows = await lines(
      `/api/v1/samples?container=${container}&metrics=workingSetBytes&from=${noonMs - 20_000}&format=csv`,
    );
    expect(rows[0]).toEqual(['time', 'metric', 'kind', 'unit', 'runtimeId', 'value']);
    expect(rows.at(-1)).toEqual([
      new Date(noonMs).toISOString(),
      'workingSetBytes',
      'gauge',
      'bytes',
      'web-1-server-run',
      '100',
    ]);
  });

  it('shows each scope its own rows', async () => {
    scope = { kind: 'namespaces', namespaces: ['billing'] };
    const [header = [], ...rows] = await lines('/api/v1/containers?format=csv');
    expect(rows.map((row) => row[header.indexOf('namespace')])).toEqual(['billing']);
    scope = { kind: 'all' };
  });

  it('is a problem in JSON when it is refused', async () => {
    const answer = await client.get('/api/v1/containers?format=csv&sort=colour');
    expect([answer.status, answer.body]).toEqual([422, expect.objectContaining({ parameter: 'sort' })]);
    const unknown = await client.get('/api/v1/containers?format=xml');
    expect([unknown.status, unknown.body]).toEqual([422, expect.objectContaining({ parameter: 'format' })]);
  });
});
