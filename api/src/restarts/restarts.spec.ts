import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type ContainerDescription, type JsonPush, restartsAnswerSchema } from '@docksnap/contract';
import { all, billing, ExampleApi, noonMs } from '../testing/example-api.ts';
import { examplePush } from '../testing/example-cluster.ts';
import { RestartCount } from './restart-count.ts';

const example = new ExampleApi();

/** In the second half of the example, the proxy has restarted twice; the last time it had run out of memory. */
function restarting(node: 'node-1' | 'node-2'): JsonPush {
  const { blocks, ...rest } = examplePush(node, noonMs);
  const [first, second] = blocks;
  if (first === undefined || second === undefined) throw new Error('the example has two blocks');
  const entities = second.entities.map((entity) => {
    const { description } = entity;
    if (typeof description !== 'object' || description.kind !== 'container' || description.name !== 'proxy')
      return entity;
    const lastTermination = { reason: 'OOMKilled', exitCode: 137, finishedAtMs: noonMs - 350_000 };
    return { ...entity, description: { ...description, restarts: 5, lastTermination } };
  });
  return { ...rest, blocks: [first, { ...second, entities }] };
}

beforeAll(async () => example.start(restarting), 60_000);
afterAll(async () => example.stop());
beforeEach(() => {
  example.scope = all;
});

async function restarts(query = '') {
  return restartsAnswerSchema.parse(await example.ask(`restarts?${query}`));
}

describe('GET /api/v1/restarts', () => {
  it('counts restarts and kills of the last day, with how they ended', async () => {
    const answer = await restarts();
    expect(answer).toMatchObject({ restarts: 2, oomKills: 1, partial: null });
    expect(answer.items).toMatchObject([
      { node: 'node-1', namespace: 'shop', pod: 'web-1', name: 'proxy', restarts: 2, ends: [{ exitCode: 137 }] },
    ]);
  });

  it.each([
    ['a workload', 'workload=shop/Deployment/web', 2],
    ['a container', 'container=$node-1~web-1-uid~proxy', 2],
    ['another container', 'container=$node-1~web-1-uid~server', 0],
    ['labels on a node', 'node=$node-2&labels=app', 0],
    ['a range after it', `from=${noonMs - 200_000}`, 0],
    ['a range before it', `to=${noonMs - 400_000}`, 0],
  ])('counts those of %s', async (_sentence, query, expected) => {
    expect((await restarts(query)).restarts).toBe(expected);
  });

  it('shows a scope no others', async () => {
    example.scope = billing;
    expect(await restarts()).toMatchObject({ restarts: 0, oomKills: 0, items: [] });
    expect((await restarts('container=$node-1~web-1-uid~proxy')).items).toEqual([]);
  });

  it.each([
    ['node=$node-1', 'node'],
    [`from=${noonMs}&to=${noonMs}`, 'from'],
    ['limit=0', 'limit'],
  ])('refuses %s', async (query, parameter) => {
    const { status, body } = await example.get(`restarts?${query}`);
    expect([status, body]).toEqual([422, expect.objectContaining({ parameter })]);
  });
});

describe('RestartCount', () => {
  const container = (restarts: number, finishedAtMs?: number, reason = 'Error'): ContainerDescription => ({
    kind: 'container',
    namespace: 'n',
    pod: 'p',
    podUid: 'u',
    name: 'c',
    image: 'i',
    labels: {},
    requests: {},
    limits: {},
    state: 'running',
    restarts,
    ...(finishedAtMs === undefined ? {} : { lastTermination: { reason, exitCode: 1, finishedAtMs } }),
  });

  it.each<[string, ContainerDescription[], number, number, number]>([
    ['counts from what it was at first', [container(7), container(8), container(8), container(10)], 3, 0, 0],
    ['counts nothing of what it sees once', [container(7, 50)], 0, 0, 0],
    ['takes a count that falls for another pod, which is none', [container(7), container(0), container(1)], 1, 0, 0],
    ['has each end once', [container(0), container(1, 150), container(1, 150), container(2, 160)], 2, 2, 0],
    ['has no end of before or after', [container(0, 100), container(1, 101), container(2, 201)], 2, 1, 0],
    ['knows who ran out of memory', [container(0), container(1, 150, 'OOMKilled'), container(2, 160)], 2, 2, 1],
  ])('%s', (_sentence, told, restarted, ends, oomKills) => {
    const count = new RestartCount(100, 200);
    for (const [index, description] of told.entries()) count.take(description, 110 + index);
    expect([count.restarts, count.ends.length, count.oomKills]).toEqual([restarted, ends, oomKills]);
  });

  it('counts once what is told again, and nothing from before the range', () => {
    const count = new RestartCount(100, 200);
    const told: [ContainerDescription, number][] = [
      [container(1), 80],
      [container(2), 100],
      [container(3), 110],
      [container(4), 120],
    ];
    for (const [description, atMs] of [...told, ...told.slice(1), [container(5), 130] as const]) {
      count.take(description, atMs);
    }
    expect(count.restarts).toBe(3);
  });
});
