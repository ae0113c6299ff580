import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ContainerList, containerListSchema } from '@docksnap/contract';
import { ExampleApi, noonMs } from '../testing/example-api.ts';

const example = new ExampleApi();
beforeAll(async () => example.start(), 60_000);
afterAll(async () => example.stop());

async function containers(query = ''): Promise<ContainerList> {
  return containerListSchema.parse(await example.ask(`containers?${query}`));
}

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
      id: `${example.idOf('node-1')}~web-1-uid~server`,
      nodeId: example.idOf('node-1'),
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
    const answer = await example.get(`containers?${await query()}`);
    expect([answer.status, answer.body]).toMatchObject([422, { code: 'invalid_query', parameter }]);
  });

  it('tells all of one', async () => {
    const answer = await example.get('containers/$node-1~web-1-uid~server');
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
      expect((await example.get(`containers/${id}`)).status).toBe(404);
    },
  );
});
