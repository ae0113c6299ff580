import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { containerListSchema, type SeriesAnswer, seriesAnswerSchema, workloadListSchema } from '@docksnap/contract';
import { billing, ExampleApi } from '../testing/example-api.ts';
import { rounded } from '../testing/rounded.ts';

const example = new ExampleApi();
beforeAll(async () => example.start(), 60_000);
afterAll(async () => example.stop());

async function series(query: string): Promise<SeriesAnswer> {
  return seriesAnswerSchema.parse(await example.ask(`series?${query}`));
}

describe('with rights to one namespace alone', () => {
  beforeEach(() => {
    example.scope = billing;
  });

  it('shows that namespace as it is', async () => {
    const { items, total } = containerListSchema.parse(await example.ask('containers'));
    expect([items.map(({ namespace }) => namespace), total]).toEqual([['billing'], 1]);
    const { items: workloads } = workloadListSchema.parse(await example.ask('workloads'));
    expect(workloads.map(({ namespace }) => namespace)).toEqual(['billing']);
    expect(rounded((await series('namespace=billing')).metrics['cpuCores']?.values)).toEqual(Array(10).fill(1));
    expect((await example.get('containers/$node-2~ledger-uid~ledger')).status).toBe(200);
    expect((await series('container=$node-2~ledger-uid~ledger')).partial).toBeNull();
  });

  it.each([
    ['another namespace by filter', 'containers?namespace=shop'],
    ['another namespace by search', 'containers?q=web'],
    ['another namespace by workload', 'containers?workload=web'],
    ['those gone', 'containers?state=gone'],
  ])('shows no row of %s', async (_sentence, path) => {
    expect((await example.get(path)).body).toEqual({ items: [], total: 0, next: null });
  });

  it.each([
    ['a container of another namespace', 'containers/$node-1~web-1-uid~server'],
    ['a series of such a container', 'series?container=$node-1~web-1-uid~server'],
    ['a series of another namespace', 'series?namespace=shop'],
    ['a series of a workload there', 'series?workload=shop/Deployment/web'],
    ['a stream of another namespace', 'stream?namespace=shop'],
    ['a stream of a container there', 'stream?container=$node-1~web-1-uid~server'],
  ])('answers %s as if it were not there', async (_sentence, path) => {
    const hidden = await example.get(path);
    expect([hidden.status, hidden.body]).toMatchObject([404, { code: 'not_found' }]);
  });

  it.each([
    ['nodes', 'nodes'],
    ['a node', 'nodes/$node-2'],
    ['a series of a node', 'series?node=$node-2'],
    ['a stream of a node', 'stream?node=$node-2'],
  ])('refuses %s', async (_sentence, path) => {
    const answer = await example.get(path);
    expect([answer.status, answer.body]).toMatchObject([403, { code: 'forbidden' }]);
  });
});
