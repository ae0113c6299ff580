import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type Scope,
  containerListSchema,
  nodeListSchema,
  seriesAnswerSchema,
  workloadListSchema,
} from '@docksnap/contract';
import { PersonScopes } from './access/person-scopes.ts';
import { NodeWatch, type SeenNodes } from './node-watch/node-watch.ts';
import { Client, pushAs } from './testing/client.ts';
import { examplePush } from './testing/example-cluster.ts';
import { type RunningApi, runningApi } from './testing/running-api.ts';
import { TestClock } from './testing/test-clock.ts';
import { type TrialDatabase, trialDatabase } from './testing/trial-database.ts';

const all: Scope = { kind: 'all' };
const billing: Scope = { kind: 'namespaces', namespaces: ['billing'] };
const noonMs = Date.UTC(2026, 10, 24, 12);

let database: TrialDatabase;
let api: RunningApi;
let client: Client;
let nodeIds: Readonly<Record<string, string>>;
let scope: Scope = all;
let seen: SeenNodes | null = null;
const clock = new TestClock(noonMs + 5000);

async function ready(): Promise<RunningApi> {
  const scopes: PersonScopes = { scopeOf: async () => Promise.resolve(scope) };
  const watch: NodeWatch = { seen: () => seen };
  return runningApi({
    uri: database.uri,
    clock,
    overrides: [
      [PersonScopes, scopes],
      [NodeWatch, watch],
    ],
  });
}

beforeAll(async () => {
  database = await trialDatabase();
  api = await ready();
  for (const node of ['node-1', 'node-2'] as const) {
    const pushed = await pushAs(api, node, examplePush(node, noonMs));
    expect([pushed.status, pushed.body]).toEqual([200, { stored: 72, duplicate: 0 }]);
  }
  client = await Client.login(api);
  const nodes = nodeListSchema.parse((await client.get('/api/v1/nodes')).body);
  nodeIds = Object.fromEntries(nodes.items.map(({ name, id }) => [name, id]));
}, 60_000);

afterAll(async () => {
  await api.stop();
  await database.remove();
});

beforeEach(() => {
  scope = all;
  seen = null;
});

const idOf = (node: string, pod: string, name: string): string => `${nodeIds[node] ?? ''}~${pod}-uid~${name}`;

async function series(query: string) {
  const answer = await client.get(`/api/v1/series?${query}`);
  expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
  return seriesAnswerSchema.parse(answer.body);
}

async function containers(query = '') {
  const answer = await client.get(`/api/v1/containers?${query}`);
  expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
  return containerListSchema.parse(answer.body);
}

describe('GET /api/v1/series', () => {
  it('gives the last ten minutes in steps of a minute by default', async () => {
    const answer = await series(`container=${idOf('node-1', 'web-1', 'server')}`);
    expect(answer).toMatchObject({ fromMs: noonMs - 600_000, toMs: noonMs, stepSeconds: 60, partial: null });
    expect(answer.timestamps).toEqual(Array.from({ length: 10 }, (_, index) => noonMs - (9 - index) * 60_000));
    expect(answer.metrics['cpuCores']?.unit).toBe('cores');
    expect(rounded(answer.metrics['cpuCores']?.values)).toEqual(Array(10).fill(0.5));
    expect(answer.metrics['workingSetBytes']).toEqual({ unit: 'bytes', values: Array(10).fill(100) });
  });

  it.each([
    ['a node', () => `node=${nodeIds['node-1'] ?? ''}`, 0.625],
    ['a namespace over its nodes', () => 'namespace=shop', 0.875],
    ['a workload over its nodes', () => 'workload=shop/Deployment/web', 0.875],
    ['a pod that stands for itself', () => 'workload=billing/Pod/ledger', 1],
  ])('gives the rate of %s', async (_sentence, query, cores) => {
    const { metrics } = await series(`${query()}&metrics=cpuCores`);
    expect(Object.keys(metrics)).toEqual(['cpuCores']);
    expect(rounded(metrics['cpuCores']?.values)).toEqual(Array(10).fill(cores));
  });

  it.each([
    ['of the pod that a container shares it in', () => `container=${idOf('node-1', 'web-1', 'proxy')}`, 300],
    ['summed over pods, not over containers', () => 'namespace=shop', 600],
  ])('gives network %s', async (_sentence, query, perSecond) => {
    const { metrics } = await series(`${query()}&metrics=networkReceivedBytesPerSecond`);
    expect(rounded(metrics['networkReceivedBytesPerSecond']?.values)).toEqual(Array(10).fill(perSecond));
  });

  it('has null where nothing is known', async () => {
    const { metrics } = await series(`node=${nodeIds['node-1'] ?? ''}&from=${noonMs - 60_000}&to=${noonMs + 180_000}`);
    expect(rounded(metrics['cpuCores']?.values)).toEqual([0.625, null, null, null]);
  });

  it.each([
    ['no selector', '', 422, 'container'],
    ['two selectors', 'node=a&namespace=b', 422, 'container'],
    ['an unknown metric', 'namespace=shop&metrics=cpuCores,load', 422, 'metrics'],
    ['a metric that is a member of every object', 'namespace=shop&metrics=constructor', 422, 'metrics'],
    ['a step of nothing', 'namespace=shop&stepSeconds=0', 422, 'stepSeconds'],
    ['a time that is none', 'namespace=shop&from=yesterday', 422, 'from'],
    ['a parameter twice', 'namespace=shop&metrics=cpuCores&metrics=rssBytes', 422, 'metrics'],
    ['an operator of the database', 'namespace=shop&node[$ne]=x', 422, 'node[$ne]'],
    ['a parameter that nobody knows', 'namespace=shop&step=60', 422, 'step'],
    ['too many points', `namespace=shop&from=0&to=${noonMs}&stepSeconds=1`, 422, 'stepSeconds'],
    ['a workload that is no path', 'workload=web', 422, 'workload'],
    ['an unknown container', 'container=0000000000000000~pod~name', 404, undefined],
    ['what cannot be a container', 'container=../../etc', 404, undefined],
    ['an unknown node', 'node=0000000000000000', 404, undefined],
    ['an unknown namespace', 'namespace=nowhere', 404, undefined],
    ['an unknown workload', 'workload=shop/Deployment/nothing', 404, undefined],
  ])('refuses %s', async (_sentence, query, status, parameter) => {
    const answer = await client.get(`/api/v1/series?${query}`);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject(
      parameter === undefined ? { code: 'not_found' } : { code: 'invalid_query', parameter },
    );
  });
});

describe('GET /api/v1/containers', () => {
  it('lists what is there, the busiest first, with all that was pushed', async () => {
    const { items, total, next } = await containers();
    expect(items.map(({ name, pod }) => `${pod}/${name}`)).toEqual([
      'ledger/ledger',
      'web-1/server',
      'web-2/server',
      'web-1/proxy',
    ]);
    expect([total, next]).toEqual([4, null]);
    expect(items[1]).toEqual({
      id: idOf('node-1', 'web-1', 'server'),
      nodeId: nodeIds['node-1'],
      node: 'node-1',
      namespace: 'shop',
      pod: 'web-1',
      podUid: 'web-1-uid',
      name: 'server',
      workload: { kind: 'Deployment', name: 'web' },
      image: 'registry.example/server:1',
      state: 'running',
      stateReason: null,
      restarts: 0,
      cpuCores: 0.5,
      workingSetBytes: 100,
      throttledRatio: null,
      cpuRequestCores: 0.1,
      cpuLimitCores: 2,
      memoryRequestBytes: null,
      memoryLimitBytes: 1000,
      startedAtMs: 1_700_000_000_000,
      lastSampleMs: noonMs,
    });
  });

  it.each([
    ['a node by name', 'node=node-2', ['ledger', 'server']],
    ['a namespace', 'namespace=billing', ['ledger']],
    ['a workload by name', 'workload=web', ['server', 'server', 'proxy']],
    ['a workload by kind and name', 'workload=Deployment/web&node=node-1', ['server', 'proxy']],
    ['words in any of its names', 'q=WEB%20prox', ['proxy']],
    ['a word of its image', 'q=registry.example/ledger', ['ledger']],
    ['a word that nothing has', 'q=web%20nothing', []],
    ['a part of its image', 'image=example/led', ['ledger']],
    ['its labels', 'labels=app!%3Dledger,app!%3Dproxy', ['server', 'server']],
    ['a state', 'state=running&namespace=billing', ['ledger']],
    ['another state', 'state=waiting', []],
  ])('filters by %s', async (_sentence, query, names) => {
    const { items, total } = await containers(query);
    expect(items.map(({ name }) => name)).toEqual(names);
    expect(total).toBe(names.length);
  });

  it.each([
    ['name', ['ledger/ledger', 'web-1/proxy', 'web-1/server', 'web-2/server']],
    ['memory', ['ledger/ledger', 'web-1/server', 'web-2/server', 'web-1/proxy']],
    ['restarts', ['web-1/proxy', 'web-1/server', 'ledger/ledger', 'web-2/server']],
  ])('sorts by %s and pages through it, each row once, ties too', async (sort, expected) => {
    const found: string[] = [];
    let cursor = '';
    do {
      const { items, next, total } = await containers(`sort=${sort}&limit=1${cursor}`);
      expect([items.length, total]).toEqual([1, 4]);
      found.push(...items.map(({ pod, name }) => `${pod}/${name}`));
      cursor = next === null ? '' : `&cursor=${next}`;
    } while (cursor !== '');
    expect(new Set(found)).toEqual(new Set(expected));
    expect(found).toHaveLength(4);
    if (sort === 'name') expect(found).toEqual(expected);
    else expect(found[0]).toBe(expected[0]);
  });

  it.each([
    [
      'a cursor of another order',
      async () => `sort=name&cursor=${(await containers('sort=cpu&limit=1')).next ?? ''}`,
      'cursor',
    ],
    ['a cursor that is none', async () => Promise.resolve('cursor=abc'), 'cursor'],
    ['an unknown order', async () => Promise.resolve('sort=__proto__'), 'sort'],
    ['an operator of the database', async () => Promise.resolve('namespace[$ne]=x'), 'namespace[$ne]'],
    ['a page beyond the limit', async () => Promise.resolve('limit=1001'), 'limit'],
    ['an unknown state', async () => Promise.resolve('state=asleep'), 'state'],
  ])('refuses %s', async (_sentence, query, parameter) => {
    const answer = await client.get(`/api/v1/containers?${await query()}`);
    expect([answer.status, answer.body]).toMatchObject([422, { code: 'invalid_query', parameter }]);
  });

  it('tells all of one', async () => {
    const answer = await client.get(`/api/v1/containers/${idOf('node-1', 'web-1', 'server')}`);
    expect([answer.status, answer.body]).toMatchObject([
      200,
      {
        labels: { app: 'server' },
        imageId: null,
        lastTermination: null,
        incarnations: [{ runtimeId: 'web-1-server-run', startedAtMs: 1_700_000_000_000, lastSampleMs: noonMs }],
      },
    ]);
  });

  it.each(['0000000000000000~pod~name', 'nonsense', '~~', '..%2f..%2fetc'])(
    'answers 404 for the unknown id %s',
    async (id) => {
      expect((await client.get(`/api/v1/containers/${id}`)).status).toBe(404);
    },
  );
});

describe('GET /api/v1/workloads', () => {
  it('sums what runs now', async () => {
    const { items } = workloadListSchema.parse((await client.get('/api/v1/workloads')).body);
    expect(items).toMatchObject([
      { namespace: 'billing', kind: 'Pod', name: 'ledger', pods: 1, containers: 1, cpuCores: 1 },
      {
        namespace: 'shop',
        kind: 'Deployment',
        name: 'web',
        pods: 2,
        containers: 3,
        restarts: 3,
        cpuCores: 0.875,
        workingSetBytes: 250,
        cpuLimitCores: 6,
        memoryRequestBytes: null,
      },
    ]);
  });
});

describe('GET /api/v1/nodes', () => {
  it('lists nodes with their machine and newest values', async () => {
    const { items } = nodeListSchema.parse((await client.get('/api/v1/nodes')).body);
    expect(items[0]).toMatchObject({
      name: 'node-1',
      state: 'reporting',
      silence: null,
      ready: null,
      lastTickMs: noonMs,
      cores: 4,
      memoryBytes: 8_000_000_000,
      cpuCores: 0.625,
      workingSetBytes: 2000,
      pods: 1,
      containers: 2,
    });
    expect(items.map(({ name }) => name)).toEqual(['node-1', 'node-2']);
  });

  it('tells all of one, and 404 of none', async () => {
    const answer = await client.get(`/api/v1/nodes/${nodeIds['node-2'] ?? ''}`);
    expect([answer.status, answer.body]).toMatchObject([
      200,
      { uid: 'node-2-uid', kernelVersion: '6.1.0', conditions: [], agent: null },
    ]);
    expect((await client.get('/api/v1/nodes/0000000000000000')).status).toBe(404);
  });

  it('lists a node that never reported, under an id that stays good', async () => {
    const cluster = 'standalone';
    const node = (name: string) => ({
      name,
      uid: `${name}-uid`,
      ready: 'True' as const,
      conditions: [],
      addresses: ['10.0.0.9'],
      systemUuid: 's',
      machineId: 'm',
      kernelVersion: 'k',
      osImage: 'o',
      kubeletVersion: 'v',
      containerRuntime: 'c',
      cores: 2,
      memoryBytes: 9,
    });
    seen = { cluster, byUid: new Map(['node-1', 'node-2', 'node-3'].map((name) => [`${name}-uid`, node(name)])) };
    const { items } = nodeListSchema.parse((await client.get('/api/v1/nodes')).body);
    expect(items.map(({ name, state }) => [name, state])).toEqual([
      ['node-1', 'reporting'],
      ['node-2', 'reporting'],
      ['node-3', 'silent'],
    ]);
    expect(items[2]).toMatchObject({
      id: 'uid~node-3-uid',
      silence: { sinceMs: null, reason: 'NeverReported' },
      cores: 2,
    });
    expect((await client.get('/api/v1/nodes/uid~node-3-uid')).body).toMatchObject({
      name: 'node-3',
      addresses: ['10.0.0.9'],
    });
    expect((await client.get('/api/v1/nodes/uid~node-1-uid')).body).toMatchObject({ id: nodeIds['node-1'] });
    const { metrics } = await series('node=uid~node-3-uid');
    expect(metrics['cpuCores']?.values).toEqual(Array(10).fill(null));
  });
});

describe('with rights to one namespace alone', () => {
  beforeEach(() => {
    scope = billing;
  });

  it('shows that namespace as it is', async () => {
    const { items, total } = await containers();
    expect([items.map(({ namespace }) => namespace), total]).toEqual([['billing'], 1]);
    const { items: workloads } = workloadListSchema.parse((await client.get('/api/v1/workloads')).body);
    expect(workloads.map(({ namespace }) => namespace)).toEqual(['billing']);
    expect(rounded((await series('namespace=billing')).metrics['cpuCores']?.values)).toEqual(Array(10).fill(1));
    expect((await client.get(`/api/v1/containers/${idOf('node-2', 'ledger', 'ledger')}`)).status).toBe(200);
    expect((await series(`container=${idOf('node-2', 'ledger', 'ledger')}`)).partial).toBeNull();
  });

  it.each([
    ['another namespace by filter', () => '/api/v1/containers?namespace=shop'],
    ['another namespace by search', () => '/api/v1/containers?q=web'],
    ['another namespace by workload', () => '/api/v1/containers?workload=web'],
    ['those gone', () => '/api/v1/containers?state=gone'],
  ])('shows no row of %s', async (_sentence, path) => {
    expect((await client.get(path())).body).toEqual({ items: [], total: 0, next: null });
  });

  it.each([
    ['a container of another namespace', () => `/api/v1/containers/${idOf('node-1', 'web-1', 'server')}`],
    ['a series of such a container', () => `/api/v1/series?container=${idOf('node-1', 'web-1', 'server')}`],
    ['a series of another namespace', () => '/api/v1/series?namespace=shop'],
    ['a series of a workload there', () => '/api/v1/series?workload=shop/Deployment/web'],
    ['a stream of another namespace', () => '/api/v1/stream?namespace=shop'],
    ['a stream of a container there', () => `/api/v1/stream?container=${idOf('node-1', 'web-1', 'server')}`],
  ])('answers %s as if it were not there', async (_sentence, path) => {
    const hidden = await client.get(path());
    expect([hidden.status, hidden.body]).toMatchObject([404, { code: 'not_found' }]);
  });

  it.each([
    ['nodes', () => '/api/v1/nodes'],
    ['a node', () => `/api/v1/nodes/${nodeIds['node-2'] ?? ''}`],
    ['a series of a node', () => `/api/v1/series?node=${nodeIds['node-2'] ?? ''}`],
    ['a stream of a node', () => `/api/v1/stream?node=${nodeIds['node-2'] ?? ''}`],
  ])('refuses %s', async (_sentence, path) => {
    const answer = await client.get(path());
    expect([answer.status, answer.body]).toMatchObject([403, { code: 'forbidden' }]);
  });
});

function rounded(values: readonly (number | null)[] | undefined): (number | null)[] {
  return (values ?? []).map((value) => (value === null ? null : Number(value.toFixed(6))));
}
