import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { nodeListSchema, seriesAnswerSchema } from '@docksnap/contract';
import { ExampleApi, noonMs } from '../testing/example-api.ts';

const example = new ExampleApi();
beforeAll(async () => example.start(), 60_000);
afterAll(async () => example.stop());
beforeEach(() => {
  example.seen = null;
});

describe('GET /api/v1/nodes', () => {
  it('lists nodes with their machine and newest values', async () => {
    const { items } = nodeListSchema.parse(await example.ask('nodes'));
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
    const answer = await example.get('nodes/$node-2');
    expect([answer.status, answer.body]).toMatchObject([
      200,
      { uid: 'node-2-uid', kernelVersion: '6.1.0', conditions: [], agent: null },
    ]);
    expect((await example.get('nodes/0000000000000000')).status).toBe(404);
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
    example.seen = {
      cluster,
      byUid: new Map(['node-1', 'node-2', 'node-3'].map((name) => [`${name}-uid`, node(name)])),
    };
    const { items } = nodeListSchema.parse(await example.ask('nodes'));
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
    expect((await example.get('nodes/uid~node-3-uid')).body).toMatchObject({
      name: 'node-3',
      addresses: ['10.0.0.9'],
    });
    expect((await example.get('nodes/uid~node-1-uid')).body).toMatchObject({ id: example.idOf('node-1') });
    const { metrics } = seriesAnswerSchema.parse(await example.ask('series?node=uid~node-3-uid'));
    expect(metrics['cpuCores']?.values).toEqual(Array(10).fill(null));
  });
});
