import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection, type Json } from '@duckdb/node-api';
import { exportListSchema, nodeListSchema, samplesAnswerSchema, type Scope } from '@docksnap/contract';
import { PersonScopes } from '../access/person-scopes.ts';
import { Client, pushAs } from '../testing/client.ts';
import { exampleContainers, examplePush } from '../testing/example-cluster.ts';
import { type RunningApi, runningApi } from '../testing/running-api.ts';
import { TestClock } from '../testing/test-clock.ts';
import { type TrialDatabase, trialDatabase } from '../testing/trial-database.ts';

const noonMs = Date.UTC(2026, 10, 24, 12);
const minuteMs = 60_000;
const all: Scope = { kind: 'all' };
const billing: Scope = { kind: 'namespaces', namespaces: ['billing'] };
// The example's twelve minutes end at noon and one tick later: they are in two hours.
const endMs = noonMs + 10_000;
const clock = new TestClock(endMs + 5000);
const hours = `period=hour&from=${noonMs - 20 * minuteMs}`;

let scope: Scope = all;
let database: TrialDatabase;
let api: RunningApi;
let client: Client;
let folder: string;
let duck: DuckDBConnection;
let nodeIds: Readonly<Record<string, string>>;

beforeAll(async () => {
  database = await trialDatabase();
  const scopes: PersonScopes = { scopeOf: async () => Promise.resolve(scope) };
  api = await runningApi({ uri: database.uri, clock, overrides: [[PersonScopes, scopes]] });
  for (const node of ['node-1', 'node-2'] as const) await pushAs(api, node, examplePush(node, endMs));
  client = await Client.login(api);
  const nodes = nodeListSchema.parse((await client.get('/api/v1/nodes')).body);
  nodeIds = Object.fromEntries(nodes.items.map(({ name, id }) => [name, id]));
  folder = await mkdtemp(join(tmpdir(), 'docksnap-export-'));
  duck = await (await DuckDBInstance.create(':memory:')).connect();
}, 60_000);

afterAll(async () => {
  duck.closeSync();
  await api.stop();
  await database.remove();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(() => {
  scope = all;
});

async function list(query: string) {
  const { status, body } = await client.get(`/api/v1/exports?${query}`);
  expect([status, body]).toEqual([200, expect.anything()]);
  return exportListSchema.parse(body);
}

async function download(path: string): Promise<Response> {
  return fetch(api.url + path, { headers: { cookie: client.cookie } });
}

/** Saves every object that a query lists as it says, in a folder of its own. */
async function saved(query: string): Promise<string> {
  const into = await mkdtemp(join(folder, 'saved-'));
  for (const { path, file } of (await list(query)).items) {
    const answer = await download(path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/vnd.apache.parquet']);
    await mkdir(dirname(join(into, file)), { recursive: true });
    await writeFile(join(into, file), Buffer.from(await answer.arrayBuffer()));
  }
  return into;
}

async function select(sql: string): Promise<Json[][]> {
  return (await duck.runAndReadAll(sql)).getRowsJson();
}

describe('GET /api/v1/exports', () => {
  it('lists an object for each node and period, with a path and the file to save it as', async () => {
    const { items, next } = await list(hours);
    const [first = ''] = Object.values(nodeIds).sort();
    expect([items.length, next]).toEqual([4, null]);
    expect(items[0]).toEqual({
      path: `/api/v1/exports/2026-11-24T11/nodes/${first}.parquet`,
      file: `date=2026-11-24/hour=11/node=${first}.parquet`,
      fromMs: noonMs - 60 * minuteMs,
      toMs: noonMs,
      isOver: true,
    });
    expect(items.map(({ isOver }) => isOver)).toEqual([true, true, false, false]);
  });

  it('lists days, and the last day of hours by default', async () => {
    expect((await list('period=day')).items.map(({ file }) => file.split('/')[0])).toEqual([
      'date=2026-11-23',
      'date=2026-11-23',
      'date=2026-11-24',
      'date=2026-11-24',
    ]);
    expect((await list('')).items).toHaveLength(50);
  });

  it('goes on behind a cursor, each object once', async () => {
    const paths: string[] = [];
    let cursor = '';
    do {
      const { items, next } = await list(`limit=3${cursor}`);
      paths.push(...items.map(({ path }) => path));
      cursor = next === null ? '' : `&cursor=${encodeURIComponent(next)}`;
    } while (cursor !== '');
    expect(paths).toEqual((await list('')).items.map(({ path }) => path));
  });

  it('lists nothing that is older than what is kept', async () => {
    const { items } = await list('period=day&from=0&limit=1000');
    expect(items).toHaveLength(2 * 8);
  });

  it.each([
    ['a period of no kind', 'period=week', 422, 'period'],
    ['a range that ends before it begins', 'from=2000&to=1000', 422, 'from'],
    ['a time beyond all times', 'from=1e300', 422, 'from'],
    ['a page without rows', 'limit=0', 422, 'limit'],
  ])('refuses %s', async (_sentence, query, status, parameter) => {
    const answer = await client.get(`/api/v1/exports?${query}`);
    expect([answer.status, answer.body]).toEqual([status, expect.objectContaining({ parameter })]);
  });
});

describe('an exported file', () => {
  it.each(['hour', 'day'])('has by %s what was scraped, to the last digit, read by DuckDB', async (period) => {
    const files = await saved(`period=${period}&from=${noonMs - 20 * minuteMs}`);
    const sums = await select(
      `select node, pod, container, count(time), sum(cpuUsageMicros), sum(workingSetBytes) from
        read_parquet('${files}/**/*.parquet', hive_partitioning = false)
        where kind = 'container' group by all order by all`,
    );
    const expected = await Promise.all(
      exampleContainers.map(async ({ node, pod, name }) => {
        const id = `${nodeIds[node] ?? ''}~${pod}-uid~${name}`;
        const query = `container=${id}&metrics=cpuUsageMicros,workingSetBytes&from=${noonMs - 20 * minuteMs}`;
        const { series } = samplesAnswerSchema.parse((await client.get(`/api/v1/samples?${query}`)).body);
        const [cpu, memory] = ['cpuUsageMicros', 'workingSetBytes'].map((metric) => {
          const values = series.find((each) => each.metric === metric)?.values ?? [];
          return String(values.reduce((sum, value) => sum + value, 0));
        });
        return [node, pod, name, '72', cpu, memory];
      }),
    );
    expect(sums).toEqual(expected.sort());
  });

  it('has each tick in the one hour that it was taken in', async () => {
    const files = await saved(hours);
    const counts = await select(
      `select hour::varchar, count(distinct time) from read_parquet('${files}/**/*.parquet', hive_partitioning = true)
        group by hour order by hour`,
    );
    expect(counts).toEqual([
      ['11', '70'],
      ['12', '2'],
    ]);
  });

  it('has times in UTC, names, and null where nothing was measured', async () => {
    const files = await saved(hours);
    const [row = []] = await select(
      `select epoch_ms(time), node, namespace, pod, container, workloadKind, workload, runtimeId, epoch_ms(startedAt),
        threads from read_parquet('${files}/**/*.parquet') where container = 'proxy' order by time desc limit 1`,
    );
    expect(row).toEqual([
      String(endMs),
      'node-1',
      'shop',
      'web-1',
      'proxy',
      'Deployment',
      'web',
      'web-1-proxy-run',
      '1700000000000',
      null,
    ]);
  });

  it('of a namespace has its rows over all nodes, for those who may see it', async () => {
    scope = billing;
    const files = await saved(`${hours}&namespace=billing`);
    expect(
      await select(
        `select distinct node, namespace from read_parquet('${files}/**/*.parquet', hive_partitioning = false)`,
      ),
    ).toEqual([['node-2', 'billing']]);
    expect((await client.get(`/api/v1/exports?namespace=shop`)).status).toBe(404);
    expect((await download('/api/v1/exports/2026-11-24T11/namespaces/shop.parquet')).status).toBe(404);
  });

  it('of a node is for those who may see nodes', async () => {
    scope = billing;
    expect((await client.get('/api/v1/exports')).status).toBe(403);
    expect((await download(`/api/v1/exports/2026-11-24T11/nodes/${nodeIds['node-2'] ?? ''}.parquet`)).status).toBe(403);
  });

  it('is there, without a row, for a time in which a node sent nothing', async () => {
    const answer = await download(`/api/v1/exports/2026-11-24T03/nodes/${nodeIds['node-1'] ?? ''}.parquet`);
    const path = join(folder, 'empty.parquet');
    await writeFile(path, Buffer.from(await answer.arrayBuffer()));
    expect(await select(`select count(*) from read_parquet('${path}')`)).toEqual([['0']]);
  });

  it.each([
    ['a node that nobody knows', '/api/v1/exports/2026-11-24T11/nodes/0000000000000000.parquet'],
    ['a period that is none', '/api/v1/exports/2026-02-30/nodes/x.parquet'],
    ['a way out of the path', '/api/v1/exports/2026-11-24T11/nodes/..%2f..%2fx.parquet'],
    ['a file of another kind', '/api/v1/exports/2026-11-24T11/nodes/x.csv'],
  ])('is not there for %s', async (_sentence, path) => {
    expect((await download(path)).status).toBe(404);
  });
});
