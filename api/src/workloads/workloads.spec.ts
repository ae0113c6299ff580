import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { workloadListSchema } from '@docksnap/contract';
import * as z from 'zod';
import { all, billing, ExampleApi } from '../testing/example-api.ts';

const example = new ExampleApi();
const workloadPage = z.object({
  items: z.array(z.record(z.string(), z.unknown())),
  next: z.string().nullable().optional(),
});

beforeAll(async () => example.start(), 60_000);
afterAll(async () => example.stop());
beforeEach(() => {
  example.scope = all;
});

describe('GET /api/v1/workloads', () => {
  it('sums what runs now', async () => {
    const { items } = workloadListSchema.parse(await example.ask('workloads'));
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

describe('GET /api/v1/workloads by pages, and GET /api/v1/namespaces', () => {
  it.each([
    ['workloads', 'kind', ['Pod', 'Deployment']],
    ['namespaces', 'namespace', ['billing', 'shop']],
  ])('goes through %s one by one', async (list, member, expected) => {
    const found: unknown[] = [];
    for (let cursor = ''; found.length < 3;) {
      const { body } = await example.get(`${list}?limit=1${cursor}`);
      expect(body).toMatchObject({ items: [expect.anything()] });
      const { items, next = null } = workloadPage.parse(body);
      found.push(items[0]?.[member]);
      if (next === null) break;
      cursor = `&cursor=${next}`;
    }
    expect(found).toEqual(expected);
  });

  it.each([
    ['workloads?namespace=billing', ['billing']],
    ['workloads?labels=app%3Dproxy', ['shop']],
    ['namespaces?node=node-1', ['shop']],
    ['namespaces?q=ledger', ['billing']],
  ])('%s holds what is asked for', async (path, expected) => {
    const { items } = workloadPage.parse((await example.get(path)).body);
    expect(items.map(({ namespace }) => namespace)).toEqual(expected);
  });

  it('sums a namespace over its containers', async () => {
    const { items } = workloadPage.parse((await example.get('namespaces')).body);
    expect(items[1]).toMatchObject({ namespace: 'shop', workloads: 1, pods: 2, containers: 3, cpuCores: 0.875 });
  });

  it('refuses a cursor that is none', async () => {
    expect((await example.get('namespaces?cursor=%25')).status).toBe(422);
  });

  it('holds the namespaces of a scope', async () => {
    example.scope = billing;
    const { items } = workloadPage.parse((await example.get('namespaces')).body);
    expect(items.map(({ namespace }) => namespace)).toEqual(['billing']);
  });
});
