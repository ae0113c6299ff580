import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type JsonPush, postMortemSchema } from '@docksnap/contract';
import { all, billing, ExampleApi, noonMs } from '../testing/example-api.ts';
import { examplePush } from '../testing/example-cluster.ts';

const example = new ExampleApi();
const endMs = noonMs - 355_000;
const mebi = 2 ** 20;

/** In the second half of the example the proxy has been killed; the server beside it grew in the minutes before. */
function killed(node: 'node-1' | 'node-2'): JsonPush {
  const { blocks, ...rest } = examplePush(node, noonMs);
  return {
    ...rest,
    blocks: blocks.map((block, half) => ({
      ...block,
      entities: block.entities.map((entity) => {
        const { description } = entity;
        if (
          half === 0 ||
          typeof description !== 'object' ||
          description.kind !== 'container' ||
          description.name !== 'proxy'
        )
          return entity;
        const lastTermination = {
          reason: 'OOMKilled',
          exitCode: 137,
          startedAtMs: endMs - 900_000,
          finishedAtMs: endMs,
        };
        return { ...entity, description: { ...description, restarts: 4, lastTermination } };
      }),
      groups: block.groups.map((group) => {
        if (block.entities[group.entity]?.key !== 'web-1-uid/server') return group;
        const grows = block.tickTimes.map((_, index) => (1 + half * block.tickTimes.length + index) * mebi);
        return { ...group, metrics: { ...group.metrics, workingSetBytes: grows } };
      }),
    })),
  };
}

beforeAll(async () => example.start(killed), 60_000);
afterAll(async () => example.stop());
beforeEach(() => {
  example.scope = all;
});

const path = 'containers/$node-1~web-1-uid~proxy/post-mortem';

describe('GET /api/v1/containers/{id}/post-mortem', () => {
  it('tells how it ended, what it used before, and what else grew', async () => {
    const found = postMortemSchema.parse(await example.ask(path));
    expect(found).toMatchObject({
      end: { reason: 'OOMKilled', exitCode: 137, finishedAtMs: endMs },
      ends: [endMs],
      cause: 'ownLimit',
      memoryLimitBytes: 1000,
      node: { memoryBytes: 8_000_000_000, workingSetBytes: 2000 },
      partial: null,
    });
    expect(found.timestamps).toHaveLength(30);
    expect(found.timestamps.at(-1)).toBe(noonMs - 350_000);
    expect(found.cpuCores.at(-1)).toBe(0.125);
    expect(found.workingSetBytes.at(-1)).toBe(50);
    expect(found.grown).toMatchObject([{ namespace: 'shop', pod: 'web-1', name: 'server', grewBytes: 29 * mebi }]);
  });

  it('shows those who see namespaces nothing of the node', async () => {
    example.scope = { kind: 'namespaces', namespaces: ['shop'] };
    const found = postMortemSchema.parse(await example.ask(path));
    expect(found).toMatchObject({ node: null, cause: 'ownLimit', grown: [{ name: 'server' }] });
  });

  it('is not there for those who may not see the container, nor for one that never ended', async () => {
    expect((await example.get('containers/$node-1~web-1-uid~server/post-mortem')).status).toBe(404);
    example.scope = billing;
    expect((await example.get(path)).status).toBe(404);
  });

  it.each([
    ['at=yesterday', 'at'],
    ['at=-1', 'at'],
  ])('refuses %s', async (query, parameter) => {
    const { status, body } = await example.get(`${path}?${query}`);
    expect([status, body]).toEqual([422, expect.objectContaining({ parameter })]);
  });
});
