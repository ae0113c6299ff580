import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AgentReport, PushedBlock } from '@docksnap/contract';
import { encodePush } from '@docksnap/contract/codec';
import { AdminPassword } from '../access/accounts/admin-password.ts';
import { Leases } from '../leases/leases.ts';
import { type LiveNode, LiveNodes } from '../live/live-nodes.ts';
import { RawWindows } from '../parts/raw-windows.ts';
import { Sealer } from '../seal/sealer.ts';
import { Collections } from '../store/collections.ts';
import { windowMs, windowOf } from '../store/identifiers.ts';
import { Store } from '../store/store.ts';
import { epochA, podDescription, podHash, pushed } from '../testing/blocks.ts';
import { type RunningApi, runningApi } from '../testing/running-api.ts';
import { TestClock } from '../testing/test-clock.ts';
import { type TrialDatabase, trialDatabase } from '../testing/trial-database.ts';
import { Replica } from './replica.ts';

const clock = new TestClock(Math.floor(Date.UTC(2026, 10, 24, 12) / windowMs) * windowMs + 60_000);
const overrides = [[AdminPassword, { first: async () => Promise.resolve('secret') }]] as const;

let database: TrialDatabase;
let one: RunningApi;
let other: RunningApi;
let names = 0;

beforeAll(async () => {
  database = await trialDatabase();
  one = await runningApi({ uri: database.uri, clock, overrides });
  other = await runningApi({ uri: database.uri, clock, overrides });
}, 60_000);
afterAll(async () => {
  await one.stop();
  await other.stop();
  await database.remove();
});

const newNode = (): string => `node-${(names += 1)}`;

async function push(api: RunningApi, node: string, blocks: readonly PushedBlock[], report?: AgentReport) {
  const descriptions = new Map([[podHash, podDescription]]);
  const given = report === undefined ? {} : { report };
  const body = encodePush({ ...given, descriptions, blocks: blocks.map(({ bytes }) => bytes) });
  const headers = { authorization: `Bearer agent-${node}`, 'content-type': 'application/vnd.docksnap.push' };
  const answer = await fetch(`${api.url}/api/v1/blocks`, { method: 'POST', headers, body: Buffer.from(body) });
  const json: unknown = await answer.json();
  return { status: answer.status, body: json };
}

function live(api: RunningApi, node: string): LiveNode | undefined {
  const nodes = api.app.get(LiveNodes).all();
  return nodes.find(({ record }) => record.name === node);
}

/** Waits for what must come to be, however loaded the machine is. */
async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('it did not come to be within 30 s');
    await wait(20);
  }
}

const tick = (seq: number, cpuMicros?: number): PushedBlock =>
  pushed({
    seq,
    tickTimes: [clock.nowMs() - 1000 + seq],
    described: true,
    ...(cpuMicros === undefined ? {} : { cpuMicros }),
  });
const ticksOf = (node: LiveNode | undefined): number => node?.blocksIn(0, Infinity).length ?? 0;

describe('two replicas', () => {
  it('both know what either has taken: ticks, entities, descriptions, the agent’s report', async () => {
    const node = newNode();
    const ledger = [{ epoch: epochA, collected: 5, dropped: { too_old: 3 } }];
    const report: AgentReport = {
      ...{ agentVersion: '1.2', intervalMs: 10_000, sentAtMs: clock.nowMs() },
      ...{ ledger, backlogTicks: 4, backlogBytes: 4000, problems: [] },
    };
    expect(await push(one, node, [tick(1), tick(2)], report)).toMatchObject({ status: 200, body: { stored: 2 } });
    await until(() => ticksOf(live(other, node)) === 2);
    const seen = live(other, node);
    expect(seen).toMatchObject({ report, ledger: { collected: 5, stored: 2, dropped: { too_old: 3 } } });
    expect(seen?.entities.get('pod-1')?.description).toEqual(podDescription);
    expect(seen?.lastTickMs).toBe(live(one, node)?.lastTickMs);
  }, 40_000);

  it('take a repeat that goes to the other one for what it is, and refuse another content', async () => {
    const node = newNode();
    const block = tick(1);
    await push(one, node, [block]);
    await until(() => ticksOf(live(other, node)) === 1);
    expect(await push(other, node, [block])).toMatchObject({ status: 200, body: { stored: 0, duplicate: 1 } });
    expect(await push(other, node, [tick(1, 7)])).toMatchObject({ status: 409, body: { code: 'conflict' } });
  }, 40_000);

  it('store what both were sent at once a single time', async () => {
    const node = newNode();
    const block = tick(1);
    await Promise.all([push(one, node, [block]), push(other, node, [block])]);
    clock.advance(2 * windowMs);
    for (const api of [one, other]) await api.app.get(Sealer).turn();
    const { id } = await one.app.get(Store).nodeFor('standalone', node, `${node}-uid`);
    const { blocks } = await one.app.get(RawWindows).read(id, windowOf(block.block.tickTimes[0] ?? 0));
    expect(blocks.map(({ firstSeq, tickTimes }) => [firstSeq, tickTimes])).toEqual([[1, block.block.tickTimes]]);
  }, 40_000);

  it('do a job one at a time', async () => {
    const held = await Promise.all([one, other].map((api) => api.app.get(Leases).hold('a job')));
    expect(held.filter(Boolean)).toHaveLength(1);
    expect(await Promise.all([one, other].map((api) => api.app.get(Leases).hold('a job')))).toEqual(held);
  });

  it('go on as another, and lose nothing, when they were taken for dead', async () => {
    const node = newNode();
    await push(one, node, [tick(1)]);
    const { id } = one.app.get(Replica);
    await one.app.get(Collections).of('ended').insert({ _id: id });
    expect(await push(one, node, [tick(2)])).toMatchObject({ status: 200, body: { stored: 1 } });
    expect(one.app.get(Replica).id).not.toBe(id);
    await until(() => ticksOf(live(other, node)) === 2);
  }, 40_000);

  it('know all that was acknowledged after every one of them was gone', async () => {
    const node = newNode();
    await push(one, node, [tick(1)]);
    await push(other, node, [tick(2)]);
    await one.stop();
    await other.stop();
    one = await runningApi({ uri: database.uri, clock, overrides });
    other = await runningApi({ uri: database.uri, clock, overrides });
    await until(() => ticksOf(live(one, node)) === 2 && ticksOf(live(other, node)) === 2);
    expect(live(one, node)?.ledger.stored).toBe(2);
  }, 60_000);
});
