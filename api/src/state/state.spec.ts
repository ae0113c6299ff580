import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { stateAnswerSchema } from '@docksnap/contract';
import { all, billing, ExampleApi, noonMs } from '../testing/example-api.ts';
import { blockOf } from '../testing/blocks.ts';
import { cutBlock, listedLast } from './cut-block.ts';

const example = new ExampleApi();

beforeAll(async () => example.start(), 60_000);
afterAll(async () => example.stop());
beforeEach(() => {
  example.scope = all;
});

async function state(query: string) {
  return stateAnswerSchema.parse(await example.ask(`state?${query}`));
}

describe('GET /api/v1/state', () => {
  it('says what ran where at a time, with what use and limits', async () => {
    const { atMs, nodes, containers, partial } = await state(`at=${noonMs - 305_000}`);
    expect([atMs, partial]).toEqual([noonMs - 305_000, null]);
    expect(nodes).toMatchObject([
      { name: 'node-1', lastTickMs: noonMs - 310_000, cores: 4, cpuCores: 0.625, pods: 1, containers: 2 },
      { name: 'node-2', workingSetBytes: 2000, pods: 2, containers: 2 },
    ]);
    expect(containers.items.map(({ pod, name, cpuCores }) => [pod, name, cpuCores])).toEqual([
      ['ledger', 'ledger', 1],
      ['web-1', 'server', 0.5],
      ['web-2', 'server', 0.25],
      ['web-1', 'proxy', 0.125],
    ]);
    expect(containers.items[0]).toMatchObject({ state: 'running', cpuLimitCores: 2, lastSampleMs: noonMs - 310_000 });
  });

  it('filters and pages containers as their list does', async () => {
    const first = await state(`at=${noonMs}&namespace=shop&limit=2&sort=name`);
    const second = await state(`at=${noonMs}&namespace=shop&limit=2&sort=name&cursor=${first.containers.next ?? ''}`);
    expect([first.containers.total, second.containers.next]).toEqual([3, null]);
    const rows = [...first.containers.items, ...second.containers.items];
    expect(rows.map(({ pod, name }) => `${pod}/${name}`)).toEqual(['web-1/proxy', 'web-1/server', 'web-2/server']);
  });

  it.each([
    ['before anything was known', noonMs - 3_600_000],
    ['when every node had been silent for longer than the gap limit', noonMs + 60_000],
    ['in 1970', 0],
  ])('is empty %s', async (_sentence, at) => {
    expect(await state(`at=${at}`)).toMatchObject({ nodes: [], containers: { items: [], total: 0 }, partial: null });
  });

  it('shows each scope its own containers, and no node', async () => {
    example.scope = billing;
    const { nodes, containers } = await state(`at=${noonMs}`);
    expect([nodes, containers.items.map(({ namespace }) => namespace), containers.total]).toEqual([[], ['billing'], 1]);
  });

  it.each(['', 'at=now', 'at=-1', 'at=8640000000000001'])('refuses "%s"', async (query) => {
    const { status, body } = await example.get(`state?${query}`);
    expect([status, body]).toEqual([422, expect.objectContaining({ parameter: 'at' })]);
  });
});

describe('a block as it was at a time', () => {
  const block = blockOf({ seq: 1, tickTimes: [10, 20, 30] });

  it.each<[string, number, number[] | undefined]>([
    ['has the ticks up to then', 20, [10, 20]],
    ['is whole afterwards', 30, [10, 20, 30]],
    ['is not there before', 9, undefined],
  ])('%s', (_sentence, atMs, expected) => {
    const cut = cutBlock(block, atMs);
    expect(cut?.tickTimes).toEqual(expected);
    expect(cut?.groups.map(({ ages }) => ages.length)).toEqual(expected && block.groups.map(() => expected.length));
  });

  it('lists what its last tick lists', () => {
    const [first, ...others] = block.entities;
    const entities = [{ ...first, listedAt: Uint8Array.of(0b011) }, ...others] as typeof block.entities;
    const cut = cutBlock({ ...block, entities }, 20);
    expect(cut && listedLast(cut)).toHaveLength(block.entities.length);
    expect(listedLast({ ...block, entities })).toHaveLength(block.entities.length - 1);
  });
});
