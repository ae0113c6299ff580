import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { limits, purgeSchema, pushMediaType, type Purge } from '@docksnap/contract';
import { encodePush } from '@docksnap/contract/codec';
import { LiveNodes } from '../live/live-nodes.ts';
import { RawWindows } from '../parts/raw-windows.ts';
import { KeptProcesses, minuteMs } from '../processes/kept-processes.ts';
import { Sealer } from '../seal/sealer.ts';
import { DescriptionsRepository } from '../store/descriptions.repository.ts';
import { windowMs, windowOf } from '../store/identifiers.ts';
import { Store } from '../store/store.ts';
import { epochB, podDescription, podHash, pushed } from '../testing/blocks.ts';
import { type RunningApi, runningApi } from '../testing/running-api.ts';
import { TestClock } from '../testing/test-clock.ts';
import { type TrialDatabase, trialDatabase } from '../testing/trial-database.ts';
import { NodeTiers } from '../tiers/tier-documents.ts';
import { spanOf, tiers } from '../tiers/tiers.ts';
import { WindowsJob, windowsWaitMs } from '../tiers/windows-job.ts';
import { PurgeJob } from './purge-job.ts';
import { graceMs, lookAgainMs } from './purges.ts';

const monitorUid = 'monitor-1';

describe('what the deletion of a monitor asks for', () => {
  const clock = new TestClock();
  let database: TrialDatabase;
  let api: RunningApi;
  let store: Store;
  let seq = 0;
  /** Of which there is a list of processes. */
  const minute = Math.floor(clock.nowMs() / minuteMs);

  beforeAll(async () => {
    database = await trialDatabase();
    api = await runningApi({ uri: database.uri, clock });
    store = api.app.get(Store);
    await push('goes');
    await push('stays');
    for (const node of ['goes', 'stays']) {
      const list = { processes: [], dropped: 0 };
      expect(await api.app.get(KeptProcesses, { strict: false }).insert(await idOf(node), minute, list)).toBe(true);
    }
    clock.advance(2 * windowMs);
    await api.app.get(Sealer).turn();
    clock.advance(windowsWaitMs);
    await api.app.get(WindowsJob).turn();
  }, 60_000);
  afterAll(async () => {
    await api.stop();
    await database.remove();
  });

  async function push(node: string, tickMs = clock.nowMs(), epoch?: string): Promise<void> {
    seq += 1;
    const block = pushed({ seq, tickTimes: [tickMs], described: true, ...(epoch !== undefined && { epoch }) });
    const body = encodePush({ descriptions: new Map([[podHash, podDescription]]), blocks: [block.bytes] });
    const headers = { authorization: `Bearer agent-${node}`, 'content-type': pushMediaType };
    const answer = await fetch(`${api.url}/api/v1/blocks`, { method: 'POST', headers, body: Buffer.from(body) });
    expect(answer.status).toBe(200);
  }
  async function ask(body: object, authorization = 'Bearer operator'): Promise<Response> {
    const headers = { authorization, 'content-type': 'application/json' };
    return fetch(`${api.url}/api/v1/purges`, { method: 'POST', headers, body: JSON.stringify(body) });
  }
  const asked = async (): Promise<Purge> =>
    purgeSchema.parse(await (await ask({ monitorUid, nodeUids: ['goes-uid', 'never-seen'] })).json());
  const idOf = async (node: string): Promise<string> => (await store.nodeFor('standalone', node, `${node}-uid`)).id;
  const round = () => api.app.get(PurgeJob).turn();
  /** What is stored of a node in windows that are sealed. */
  async function stored(node: string) {
    const id = await idOf(node);
    const pastMs = clock.nowMs() - 2 * windowMs - windowsWaitMs;
    const windows = await Promise.all(
      [windowOf(pastMs), windowOf(pastMs) + 1, windowOf(pastMs) + 2].map((window) =>
        api.app.get(RawWindows).read(id, window),
      ),
    );
    const sums = await api.app.get(NodeTiers).read(tiers.m5, id, spanOf(tiers.m5, pastMs));
    return {
      parts: windows.reduce((sum, { parts }) => sum + parts, 0),
      sums: sums !== undefined,
      pod: (await store.entity(id, 'pod-1')) !== undefined,
      description: (await api.app.get(DescriptionsRepository).get(id, new Set([podHash]))).size > 0,
      processes: (await api.app.get(KeptProcesses, { strict: false }).read(id, minute)) !== undefined,
      inMemory: api.app.get(LiveNodes).get(id) !== undefined,
    };
  }

  it.each(['Bearer agent-goes', 'Bearer nonsense'])('is not done for %s', async (authorization) => {
    expect((await ask({ monitorUid, nodeUids: [] }, authorization)).status).toBe(401);
  });

  it.each([
    ['no monitor', { nodeUids: [] }],
    ['more nodes than one request may name', { monitorUid, nodeUids: Array(limits.nodesPerPurge + 1).fill('a') }],
    ['something else besides', { monitorUid, nodeUids: [], all: true }],
  ])('is refused with %s', async (_sentence, body) => {
    expect((await ask(body)).status).toBe(422);
  });

  it('is counted once, however often it is asked for', async () => {
    expect(await stored('goes')).toMatchObject({ parts: 1, sums: true });
    expect(await asked()).toEqual({ nodes: 1, pending: 1 });
    expect(await asked()).toEqual({ nodes: 1, pending: 1 });
  });

  it('takes samples, sums, entities, descriptions and processes of its nodes, and nothing of others', async () => {
    clock.advance(graceMs);
    await round();
    expect(await asked()).toEqual({ nodes: 1, pending: 0 });
    const nothing = { parts: 0, sums: false, pod: false, description: false, processes: false, inMemory: false };
    expect(await stored('goes')).toEqual(nothing);
    expect(await stored('stays')).toMatchObject({ parts: 1, sums: true, description: true, processes: true });
  });

  it('takes what comes into parts of that time later', async () => {
    const id = await idOf('goes');
    const lateMs = clock.nowMs() - 3 * windowMs;
    await push('goes', lateMs, epochB);
    expect((await api.app.get(RawWindows).read(id, windowOf(lateMs))).parts).toBe(1);
    clock.advance(lookAgainMs);
    await round();
    expect((await api.app.get(RawWindows).read(id, windowOf(lateMs))).parts).toBe(0);
  });

  it('leaves what a node reports after it, for it has another monitor', async () => {
    clock.advance(windowMs);
    const backMs = clock.nowMs();
    await push('goes');
    clock.advance(lookAgainMs + windowMs);
    await api.app.get(Sealer).turn();
    await round();
    expect((await api.app.get(RawWindows).read(await idOf('goes'), windowOf(backMs))).parts).toBe(1);
    expect((await store.descriptions(await idOf('goes'), new Set([podHash]))).size).toBe(1);
  });
});
