import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { rightSizingAnswerSchema } from '@docksnap/contract';
import { all, billing, ExampleApi } from '../testing/example-api.ts';

const example = new ExampleApi();

beforeAll(async () => example.start(), 60_000);
afterAll(async () => example.stop());
beforeEach(() => {
  example.scope = all;
});

async function sizing(query = '') {
  return rightSizingAnswerSchema.parse(await example.ask(`right-sizing?${query}`));
}

describe('GET /api/v1/right-sizing', () => {
  it('has each container of each workload once, with what its replicas used together', async () => {
    const { items, stepSeconds, partial } = await sizing();
    expect([stepSeconds, partial]).toEqual([300, null]);
    expect(items.map((item) => [item.namespace, item.workload, item.container, item.replicas])).toEqual([
      ['billing', 'ledger', 'ledger', 1],
      ['shop', 'web', 'proxy', 1],
      ['shop', 'web', 'server', 2],
    ]);
    expect(items[2]?.cpu).toMatchObject({ requestCores: 0.1, limitCores: 2, p50: 0.375, max: 0.5 });
    expect(items[2]?.memory).toMatchObject({ limitBytes: 1000, p50: 100, p95: 100, max: 100 });
  });

  it('gives no hint from twelve minutes, and says so', async () => {
    const { items } = await sizing();
    for (const item of items) {
      expect(item).toMatchObject({ confidence: 'none', hints: [], patch: null });
      expect(item.unsure).toMatch(/an hour is the least/);
    }
  });

  it.each([
    ['a namespace', 'namespace=billing', ['ledger']],
    ['a workload', 'workload=shop/Deployment/web', ['proxy', 'server']],
    ['nothing of what does not run', 'namespace=empty', []],
  ])('answers %s', async (_sentence, query, expected) => {
    expect((await sizing(query)).items.map(({ container }) => container)).toEqual(expected);
  });

  it('shows a scope no others', async () => {
    example.scope = billing;
    expect((await sizing()).items.map(({ namespace }) => namespace)).toEqual(['billing']);
    expect((await sizing('workload=shop/Deployment/web')).items).toEqual([]);
  });

  it.each([
    ['hours=0', 'hours'],
    ['hours=2161', 'hours'],
    ['namespace=shop&workload=shop/Deployment/web', 'workload'],
    ['workload=web', 'workload'],
  ])('refuses %s', async (query, parameter) => {
    const { status, body } = await example.get(`right-sizing?${query}`);
    expect([status, body]).toEqual([422, expect.objectContaining({ parameter })]);
  });
});
