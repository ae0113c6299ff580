import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { findingsAnswerSchema, type JsonPush } from '@docksnap/contract';
import { KnownNodes } from '../nodes/known-nodes.ts';
import { LatestValues } from '../series/latest-values.ts';
import { all, billing, ExampleApi, noonMs } from '../testing/example-api.ts';
import { examplePush } from '../testing/example-cluster.ts';
import { FindingsJob } from './findings-job.ts';
import { Pasts } from './past.ts';

const example = new ExampleApi();

/** Of the example's containers, the ledger and both servers keep crashing at the end. */
function crashing(node: 'node-1' | 'node-2'): JsonPush {
  const { blocks, ...rest } = examplePush(node, noonMs);
  const [first, second] = blocks;
  if (first === undefined || second === undefined) throw new Error('the example has two blocks');
  const entities = second.entities.map((entity) => {
    const { description } = entity;
    if (description?.kind !== 'container' || description.name === 'proxy') return entity;
    const waiting = { state: 'waiting', stateReason: 'CrashLoopBackOff', restarts: 9 } as const;
    return { ...entity, description: { ...description, ...waiting } };
  });
  return { ...rest, blocks: [first, { ...second, entities }] };
}

beforeAll(async () => example.start(crashing), 60_000);
afterAll(async () => example.stop());
beforeEach(() => {
  example.scope = all;
});

async function findings(query = '') {
  return findingsAnswerSchema.parse(await example.ask(`findings?${query}`));
}

/** Waits until both nodes were looked at. */
async function looked(): Promise<void> {
  const deadline = Date.now() + 30_000;
  while ((await findings()).looked.nodes < 2) {
    if (Date.now() > deadline) throw new Error('the nodes were not looked at within 30 s');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('GET /api/v1/findings', () => {
  beforeAll(looked, 40_000);

  it('tells what needs attention, replicas of a workload as one', async () => {
    const { items, ...rest } = await findings();
    const ledger = items.find(({ subject }) => subject.name === 'ledger');
    const server = items.find(({ subject }) => subject.name === 'server');
    expect([items.length, ledger?.alike, server?.alike]).toEqual([2, 0, 1]);
    expect(ledger).toMatchObject({
      kind: 'crash-loop',
      id: `crash-loop~${example.idOf('node-2')}~ledger-uid~ledger`,
      urgency: 'critical',
      sentence: expect.stringMatching(/^keeps crashing/),
      subject: { kind: 'container', node: 'node-2', workload: { kind: 'Pod', name: 'ledger' } },
      chart: 'memory',
    });
    expect(rest).toMatchObject({
      total: 2,
      byUrgency: { critical: 2, warning: 0, notice: 0 },
      looked: { nodes: 2, containers: 4, unknownContainers: 0 },
    });
  });

  it('shows a scope its own alone, in totals as well', async () => {
    example.scope = billing;
    const { items, total, byUrgency, looked: seen } = await findings();
    expect(items.map(({ subject }) => subject.name)).toEqual(['ledger']);
    expect([total, byUrgency.critical]).toEqual([1, 1]);
    expect(seen).toEqual({ nodes: 0, containers: 1, unknownContainers: 0 });
    expect((await findings('namespace=shop')).total).toBe(0);
  });

  it.each([
    ['a node', 'node=node-1', 1],
    ['a node by its id', 'node=$node-2', 2],
    ['a namespace', 'namespace=billing', 1],
    ['a workload', 'workload=shop/Deployment/web', 1],
    ['a container', 'container=$node-1~web-1-uid~server', 1],
    ['a kind', 'kind=leak', 0],
  ])('tells those of %s', async (_sentence, query, expected) => {
    expect((await findings(query)).total).toBe(expected);
  });

  it('tells of at most so many, and how many there are', async () => {
    expect(await findings('limit=1')).toMatchObject({ total: 2, items: [{ kind: 'crash-loop' }] });
  });

  it('looks at all other nodes where one cannot be read, which keeps what was found last', async () => {
    const pasts = example.part(Pasts);
    const damaged = new Set<string>();
    const of: Pasts['of'] = async (id, ...asked) => {
      if (damaged.has(id)) throw new Error('a part of this node is damaged');
      return pasts.of(id, ...asked);
    };
    const nodes = example.part(KnownNodes);
    const job = new FindingsJob(nodes, example.part(LatestValues), { of, forget: () => undefined }, example.clock);
    const counts = () =>
      (['node-1', 'node-2'] as const).map((node) => job.all().get(example.idOf(node))?.findings.length);
    damaged.add(example.idOf('node-1'));
    await job.turn();
    expect(counts()).toEqual([0, 2]);
    damaged.clear();
    example.clock.advance(15_000);
    await job.turn();
    expect(counts()).toEqual([1, 2]);
    damaged.add(example.idOf('node-1'));
    example.clock.advance(15_000);
    await job.turn();
    expect(counts()).toEqual([1, 2]);
  });

  it.each([
    ['kind=colour', 'kind'],
    ['limit=0', 'limit'],
    ['limit=1001', 'limit'],
    ['colour=red', undefined],
  ])('refuses %s', async (query, parameter) => {
    const { status, body } = await example.get(`findings?${query}`);
    expect([status, body]).toEqual([422, expect.objectContaining(parameter === undefined ? {} : { parameter })]);
  });
});
