import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  bandsAnswerSchema,
  groupsAnswerSchema,
  heatMapAnswerSchema,
  nodeListSchema,
  type Scope,
  seriesAnswerSchema,
} from '@docksnap/contract';
import { PersonScopes } from '../access/person-scopes.ts';
import { Client, pushAs } from '../testing/client.ts';
import { examplePush } from '../testing/example-cluster.ts';
import { type RunningApi, runningApi } from '../testing/running-api.ts';
import { TestClock } from '../testing/test-clock.ts';
import { type TrialDatabase, trialDatabase } from '../testing/trial-database.ts';

const noonMs = Date.UTC(2026, 10, 24, 12);
const all: Scope = { kind: 'all' };
const billing: Scope = { kind: 'namespaces', namespaces: ['billing'] };

let scope: Scope = all;
let database: TrialDatabase;
let api: RunningApi;
let client: Client;
let node = '';

beforeAll(async () => {
  database = await trialDatabase();
  const scopes: PersonScopes = { scopeOf: async () => Promise.resolve(scope) };
  const clock = new TestClock(noonMs + 5000);
  api = await runningApi({ uri: database.uri, clock, overrides: [[PersonScopes, scopes]] });
  for (const name of ['node-1', 'node-2'] as const) await pushAs(api, name, examplePush(name, noonMs));
  client = await Client.login(api);
  const nodes = nodeListSchema.parse((await client.get('/api/v1/nodes')).body);
  node = nodes.items.find(({ name }) => name === 'node-1')?.id ?? '';
}, 60_000);

afterAll(async () => {
  await api.stop();
  await database.remove();
});

beforeEach(() => {
  scope = all;
});

async function ask(path: string): Promise<unknown> {
  const answer = await client.get(`/api/v1/${path.replace('$NODE', node)}`);
  expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
  return answer.body;
}

/** The values of the last step, to a millionth. */
function last(values: readonly (number | null)[] | undefined | null): number | null {
  const value = values?.at(-1) ?? null;
  return value === null ? null : Number(value.toFixed(6));
}

/** The last step of what is not a group by itself. */
interface Rest {
  readonly others: number | null;
  readonly unaccounted: number | null;
  readonly total: number;
}

describe('GET /api/v1/groups', () => {
  it.each<[string, string, [string, number][], Rest]>([
    [
      'a namespace by container, the busiest first',
      'namespace=shop&top=2',
      [
        ['web-1/server', 0.5],
        ['web-2/server', 0.25],
      ],
      { others: 0.125, unaccounted: null, total: 0.875 },
    ],
    [
      'a namespace by pod',
      'namespace=shop&by=pod',
      [
        ['web-1/web-1', 0.625],
        ['web-2/web-2', 0.25],
      ],
      { others: null, unaccounted: null, total: 0.875 },
    ],
    [
      'a namespace by node',
      'namespace=shop&by=node',
      [
        ['web-1/node-1', 0.625],
        ['web-2/node-2', 0.25],
      ],
      { others: null, unaccounted: null, total: 0.875 },
    ],
    [
      'a workload by label',
      'workload=shop/Deployment/web&by=label&label=app',
      [
        ['-/server', 0.75],
        ['web-1/proxy', 0.125],
      ],
      { others: null, unaccounted: null, total: 0.875 },
    ],
    [
      'the cluster by namespace',
      'cluster=all&by=namespace',
      [
        ['ledger/billing', 1],
        ['-/shop', 0.875],
      ],
      { others: null, unaccounted: null, total: 1.875 },
    ],
    [
      'the cluster by workload',
      'cluster=all&by=workload',
      [
        ['ledger/ledger', 1],
        ['-/web', 0.875],
      ],
      { others: null, unaccounted: null, total: 1.875 },
    ],
    [
      'the cluster by node, from the nodes themselves',
      'cluster=all&by=node',
      [
        ['-/node-2', 1.25],
        ['-/node-1', 0.625],
      ],
      { others: null, unaccounted: null, total: 1.875 },
    ],
    [
      'a node, whose whole is its own',
      'node=$NODE',
      [
        ['web-1/server', 0.5],
        ['web-1/proxy', 0.125],
      ],
      { others: null, unaccounted: 0, total: 0.625 },
    ],
    [
      'what has a label',
      'labels=app%3Dserver',
      [
        ['web-1/server', 0.5],
        ['web-2/server', 0.25],
      ],
      { others: null, unaccounted: null, total: 0.75 },
    ],
    [
      'what has not',
      'labels=app!%3Dserver&by=namespace',
      [
        ['ledger/billing', 1],
        ['web-1/shop', 0.125],
      ],
      { others: null, unaccounted: null, total: 1.125 },
    ],
    [
      'what has a label on a node',
      'node=$NODE&labels=app%3Dproxy',
      [['web-1/proxy', 0.125]],
      { others: null, unaccounted: null, total: 0.125 },
    ],
  ])('takes apart %s', async (_sentence, query, groups, rest) => {
    const { metrics, tier, coveredShare, partial } = groupsAnswerSchema.parse(await ask(`groups?${query}`));
    const found = metrics['cpuCores'];
    expect(found?.groups.map(({ name, pod, values }) => [`${pod ?? '-'}/${name}`, last(values)])).toEqual(groups);
    expect({
      others: last(found?.others?.values),
      unaccounted: last(found?.unaccounted),
      total: last(found?.total),
    }).toEqual(rest);
    expect([tier, coveredShare, partial]).toEqual(['raw', 1, null]);
  });

  it('counts network by pod', async () => {
    const { metrics } = groupsAnswerSchema.parse(
      await ask('groups?namespace=shop&metrics=networkReceivedBytesPerSecond'),
    );
    const [metric] = Object.values(metrics);
    const byName = Object.fromEntries((metric?.groups ?? []).map(({ name, values }) => [name, last(values)]));
    expect(byName).toEqual({ 'web-1': 300, 'web-2': 300 });
  });

  it('is a row per group and step in CSV, with the sum', async () => {
    const answer = await fetch(`${api.url}/api/v1/groups?cluster=all&by=namespace&format=csv`, {
      headers: { cookie: client.cookie },
    });
    const lines = (await answer.text()).trimEnd().split('\r\n');
    expect([answer.status, lines[0], lines.length]).toEqual([200, 'time,metric,group,value', 1 + 3 * 10]);
    expect(lines.at(-1)).toMatch(/^2026-11-24T12:00:00.000Z,cpuCores,\(total\),1\.875/);
  });

  it.each([
    ['one container', 'container=a~b~c', 422, { parameter: 'container' }],
    ['a label without by', 'namespace=shop&label=app', 422, { parameter: 'label' }],
    ['by label without one', 'namespace=shop&by=label', 422, { parameter: 'label' }],
    ['labels that are none', 'labels=a%3Db%3Dc', 422, { parameter: 'labels' }],
    ['labels within a workload', 'workload=shop/Deployment/web&labels=app', 422, { parameter: 'container' }],
    ['labels that nothing has', 'labels=app%3Dnothing', 404, { code: 'not_found' }],
    ['a pod that is none', 'pod=web-1', 422, { parameter: 'pod' }],
  ])('refuses %s', async (_sentence, query, status, problem) => {
    const answer = await client.get(`/api/v1/groups?${query}`);
    expect([answer.status, answer.body]).toEqual([status, expect.objectContaining(problem)]);
  });
});

describe('GET /api/v1/bands', () => {
  it('has percentiles over the replicas of a workload', async () => {
    const { metrics, by } = bandsAnswerSchema.parse(await ask('bands?workload=shop/Deployment/web'));
    const { counts, bands } = metrics['cpuCores'] ?? {};
    expect([by, counts?.at(-1)]).toEqual(['pod', 2]);
    expect([last(bands?.min), last(bands?.p25), last(bands?.p50), last(bands?.max)]).toEqual([
      0.25, 0.34375, 0.4375, 0.625,
    ]);
  });
});

describe('GET /api/v1/heat-map', () => {
  it('counts containers by value, each once per step', async () => {
    const { edges, counts } = heatMapAnswerSchema.parse(
      await ask('heat-map?cluster=all&metric=workingSetBytes&buckets=3'),
    );
    // 50, 100, 100 and 400 bytes.
    expect(edges.map(Math.round)).toEqual([0, 0, 4, 400]);
    expect(counts.at(-1)).toEqual([0, 0, 4]);
    const finer = heatMapAnswerSchema.parse(await ask('heat-map?cluster=all&metric=workingSetBytes&buckets=20'));
    expect(finer.counts.at(-1)?.filter((count) => count > 0)).toEqual([1, 2, 1]);
  });
});

describe('GET /api/v1/series', () => {
  it.each([
    ['a pod', 'pod=shop/web-1', 0.625],
    ['the cluster, from its nodes', 'cluster=all', 1.875],
    ['what has labels', 'labels=app%3Dserver&namespace=shop', 0.75],
    ['the largest of a minute', 'workload=shop/Deployment/web&statistic=max', 0.875],
    ['a percentile of a minute', 'pod=billing/ledger&statistic=p95', 1],
  ])('gives %s', async (_sentence, query, cores) => {
    const { metrics } = seriesAnswerSchema.parse(await ask(`series?${query}&metrics=cpuCores`));
    expect(last(metrics['cpuCores']?.values)).toBe(cores);
  });

  it('chooses steps so that there are no more points than asked for', async () => {
    const answer = seriesAnswerSchema.parse(await ask(`series?namespace=shop&points=20`));
    expect([answer.stepSeconds, answer.timestamps.length]).toEqual([30, 20]);
    const month = seriesAnswerSchema.parse(
      await ask(`series?namespace=shop&from=${noonMs - 30 * 86_400_000}&points=800`),
    );
    expect([month.stepSeconds, month.timestamps.length]).toEqual([3600, 720]);
  });

  it('puts the same from before beside it', async () => {
    const answer = seriesAnswerSchema.parse(
      await ask(`series?namespace=shop&metrics=cpuCores&from=${noonMs - 120_000}&beforeSeconds=600`),
    );
    expect(answer.before).toMatchObject({ beforeSeconds: 600, partial: null });
    expect(answer.before?.metrics['cpuCores']?.values.map((value) => last([value]))).toEqual([0.875, 0.875]);
    const refused = await client.get('/api/v1/series?namespace=shop&beforeSeconds=90');
    expect([refused.status, refused.body]).toEqual([422, expect.objectContaining({ parameter: 'beforeSeconds' })]);
  });
});

describe('with rights to one namespace alone', () => {
  beforeEach(() => {
    scope = billing;
  });

  it.each([
    ['groups?cluster=all&by=namespace', 'billing'],
    ['groups?labels=app&by=pod', 'ledger'],
    ['groups?labels=!nothing&by=workload', 'ledger'],
  ])('%s holds that one', async (path, name) => {
    const { metrics } = groupsAnswerSchema.parse(await ask(path));
    expect(metrics['cpuCores']?.groups.map((group) => group.name)).toEqual([name]);
    expect(last(metrics['cpuCores']?.total)).toBe(1);
  });

  it.each([
    ['groups?cluster=all&by=node', 403],
    ['groups?node=$NODE', 403],
    ['groups?node=$NODE&labels=app', 403],
    ['series?cluster=all', 403],
    ['groups?namespace=shop', 404],
    ['bands?namespace=shop', 404],
    ['heat-map?namespace=shop', 404],
    ['series?pod=shop/web-1', 404],
    ['series?labels=app%3Dserver', 404],
  ])('%s is answered %i', async (path, status) => {
    expect((await client.get(`/api/v1/${path.replace('$NODE', node)}`)).status).toBe(status);
  });

  it('counts only what it holds', async () => {
    const heat = heatMapAnswerSchema.parse(await ask('heat-map?cluster=all&by=container'));
    expect(heat.counts.at(-1)?.reduce((sum, count) => sum + count, 0)).toBe(1);
    const bands = bandsAnswerSchema.parse(await ask('bands?labels=app'));
    expect(bands.metrics['cpuCores']?.counts.at(-1)).toBe(1);
  });
});
