import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AgentReport, limits, pushMediaType } from '@docksnap/contract';
import { encodeBlock, encodePush, encodeRoster, rosterHash } from '@docksnap/contract/codec';
import { sha256 } from '../codec/sha256.ts';
import { zstd } from '../codec/zstd.ts';
import { LiveNodes } from '../live/live-nodes.ts';
import { Store } from '../store/store.ts';
import { blockOf, epochA, podDescription, podHash, pushed } from '../testing/blocks.ts';
import { type RunningApi, runningApi } from '../testing/running-api.ts';
import { type TrialDatabase, trialDatabase } from '../testing/trial-database.ts';

const noDescriptions = new Map<string, typeof podDescription>();

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: Readonly<Record<string, unknown>>;
}

describe('POST /api/v1/blocks', () => {
  let database: TrialDatabase;
  let api: RunningApi;
  let names = 0;

  beforeAll(async () => {
    database = await trialDatabase();
    api = await runningApi({ uri: database.uri });
  });
  afterAll(async () => {
    await api.stop();
    await database.remove();
  });

  async function post(node: string, body: Uint8Array | string, type = pushMediaType): Promise<Answer> {
    const headers = { authorization: `Bearer agent-${node}`, 'content-type': type };
    const response = await fetch(`${api.url}/api/v1/blocks`, { method: 'POST', headers, body: Buffer.from(body) });
    const parsed: unknown = await response.json();
    if (typeof parsed !== 'object' || parsed === null) throw new Error('the answer is no object');
    return { status: response.status, retryAfter: response.headers.get('retry-after'), body: { ...parsed } };
  }
  const newNode = (): string => `node-${(names += 1)}`;
  const recent = (secondsAgo: number): number => Date.now() - secondsAgo * 1000;
  const tick = (seq: number, tickMs: number, cpuMicros = 1000): Uint8Array =>
    pushed({ seq, tickTimes: [tickMs], cpuMicros }).bytes;
  const push = (...blocks: Uint8Array[]): Uint8Array => encodePush({ descriptions: noDescriptions, blocks });
  async function storedTicks(node: string): Promise<number[]> {
    const record = await api.app.get(Store).nodeFor('standalone', node, `${node}-uid`);
    const blocks = await api.app.get(Store).blocks(record.id, Date.now() - 3_600_000, Date.now());
    return blocks.flatMap((block) => block.tickTimes);
  }
  const live = (node: string) =>
    api.app
      .get(LiveNodes)
      .all()
      .find(({ record }) => record.name === node);

  const held = (node: string) => live(node)?.blocksIn(0, Infinity) ?? [];

  it('stores a push, then has it in memory, then answers', async () => {
    const node = newNode();
    const atMs = recent(20);
    expect(await post(node, push(tick(1, atMs), tick(2, atMs + 10_000)))).toMatchObject({
      status: 200,
      body: { stored: 2, duplicate: 0 },
    });
    expect(await storedTicks(node)).toEqual([atMs, atMs + 10_000]);
    expect(live(node)?.lastTickMs).toBe(atMs + 10_000);
    expect([...(live(node)?.present ?? [])]).toEqual(['node', 'pod-1', 'pod-1/web']);
  });

  it('takes the same as JSON', async () => {
    const node = newNode();
    const block = {
      epoch: epochA,
      firstSeq: 1,
      intervalMs: 10_000,
      tickTimes: [recent(5)],
      entities: [{ kind: 'pod', key: 'pod-1', description: podDescription }],
      groups: [{ entity: 0, kind: 'network', ages: [100], metrics: { networkReceivedBytes: [12] } }],
    };
    const answer = await post(node, JSON.stringify({ blocks: [block] }), 'application/json');
    expect(answer).toMatchObject({ status: 200, body: { stored: 1, duplicate: 0 } });
    expect(live(node)?.entities.get('pod-1')?.description).toEqual(podDescription);
    expect(await post(node, JSON.stringify({ blocks: [block] }), 'application/json')).toMatchObject({
      body: { stored: 0, duplicate: 1 },
    });
  });

  it('asks for descriptions that it lacks, stores nothing meanwhile, and then takes the push', async () => {
    const node = newNode();
    const bytes = pushed({ seq: 1, tickTimes: [recent(5)], described: true }).bytes;
    expect(await post(node, push(bytes))).toMatchObject({ status: 409, body: { code: 'need', need: [podHash] } });
    expect(await storedTicks(node)).toEqual([]);
    const described = encodePush({ descriptions: new Map([[podHash, podDescription]]), blocks: [bytes] });
    expect(await post(node, described)).toMatchObject({ status: 200, body: { stored: 1 } });
    const next = pushed({ seq: 2, tickTimes: [recent(1)], described: true }).bytes;
    expect(await post(node, push(next))).toMatchObject({ status: 200, body: { stored: 1 } });
  });

  it('asks for a roster that it lacks, and then reads what names it', async () => {
    const node = newNode();
    const block = blockOf({ seq: 1, tickTimes: [recent(5)], cpuMicros: 77 });
    const groups = [{ entity: 0, kind: 'resource', metrics: [1], references: Float64Array.of(70) }] as const;
    const roster = { entities: block.entities, groups };
    const encoded = encodeRoster(roster, zstd);
    const hash = rosterHash(encoded, sha256);
    const bytes = encodeBlock(block, zstd, { hash, roster });
    const need = { status: 409, body: { code: 'need', need: [], rosters: [hash] } };
    expect(await post(node, push(bytes))).toMatchObject(need);
    expect(await storedTicks(node)).toEqual([]);
    const rosters = new Map([[hash, encoded]]);
    const withRoster = encodePush({ descriptions: noDescriptions, rosters, blocks: [bytes] });
    expect(await post(node, withRoster)).toMatchObject({ status: 200, body: { stored: 1 } });
    expect(await post(node, push(bytes))).toMatchObject({ status: 200, body: { stored: 0, duplicate: 1 } });
    expect(await storedTicks(node)).toEqual(block.tickTimes);
    const other = newNode();
    expect(await post(other, push(bytes))).toMatchObject(need);
  });

  it('counts a repeat as duplicate and refuses another content', async () => {
    const node = newNode();
    const atMs = recent(5);
    await post(node, push(tick(1, atMs)));
    expect(await post(node, push(tick(1, atMs)))).toMatchObject({ status: 200, body: { stored: 0, duplicate: 1 } });
    expect(await post(node, push(tick(1, atMs, 9)))).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect(live(node)?.ledger).toMatchObject({ stored: 1, duplicate: 1 });
    expect(held(node)).toHaveLength(1);
  });

  it('writes only to the node that the token names', async () => {
    const [one, other] = [newNode(), newNode()];
    const atMs = recent(5);
    await Promise.all([post(one, push(tick(1, atMs))), post(other, push(tick(1, atMs, 7)))]);
    expect(held(one)[0]?.groups[0]?.columns[0]?.values[0]).toBe(1000);
    expect(held(other)[0]?.groups[0]?.columns[0]?.values[0]).toBe(7);
  });

  it('refuses a push that says it is of another node', async () => {
    const node = newNode();
    const body = {
      blocks: [
        {
          ...{ epoch: epochA, firstSeq: 1, intervalMs: 10_000, tickTimes: [recent(1)], groups: [] },
          entities: [{ kind: 'node', key: 'node', description: { kind: 'node', name: 'another' } }],
        },
      ],
    };
    const answer = await post(node, JSON.stringify(body), 'application/json');
    expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await storedTicks(node)).toEqual([]);
  });

  it('takes a clock that is 10 minutes ahead out of the times, and says so', async () => {
    const node = newNode();
    const aheadMs = 600_000;
    const report: AgentReport = {
      agentVersion: '1',
      intervalMs: 10_000,
      sentAtMs: Date.now() + aheadMs,
      ledger: [{ epoch: epochA, collected: 3, dropped: { too_old: 2 } }],
      backlogTicks: 0,
      backlogBytes: 0,
      problems: [],
    };
    const atMs = recent(5);
    await post(node, encodePush({ report, descriptions: noDescriptions, blocks: [tick(1, atMs + aheadMs)] }));
    const skewMs = live(node)?.clockSkewMs ?? 0;
    expect(Math.abs(skewMs - aheadMs)).toBeLessThan(2000);
    expect(await storedTicks(node)).toEqual([atMs + aheadMs - skewMs]);
    expect(live(node)?.ledger).toEqual({ collected: 3, stored: 1, duplicate: 0, dropped: { too_old: 2 } });
  });

  describe('refuses, with the place, and loses nothing else', () => {
    const valid = (): Uint8Array => push(tick(9, recent(5)));
    const json = (change: object): string =>
      JSON.stringify({
        blocks: [
          { epoch: epochA, firstSeq: 1, intervalMs: 10_000, tickTimes: [1], entities: [], groups: [], ...change },
        ],
      });
    const binary = pushMediaType;
    const asJson = 'application/json';
    it.each<[string, number, string, string, () => Uint8Array | string]>([
      ['no push at all', 400, 'malformed_block', binary, () => 'hello'],
      ['an empty body', 400, 'malformed_block', binary, () => ''],
      ['a push cut off in a block', 400, 'malformed_block', binary, () => valid().subarray(0, -5)],
      ['a damaged block', 400, 'malformed_block', binary, () => valid().map((byte, i) => (i > 40 ? 0 : byte))],
      ['a push of a newer version', 415, 'unsupported_version', binary, () => valid().with(3, 99)],
      ['a block of a newer version', 415, 'unsupported_version', binary, () => push(tick(9, 1).with(3, 99))],
      ['a frame of a newer version', 415, 'unsupported_version', binary, () => Uint8Array.of(...valid(), 77, 0)],
      ['a body above the limit', 413, 'too_large', binary, () => new Uint8Array(limits.pushBytes + 1)],
      ['a block that spans too long', 413, 'too_large', asJson, () => json({ tickTimes: [1, 600_002] })],
      ['JSON that is none', 400, 'malformed_request', asJson, () => '{"blocks":'],
      ['JSON of another shape', 400, 'malformed_block', asJson, () => json({ firstSeq: 0 })],
      ['JSON of an unknown metric', 400, 'malformed_block', asJson, () => json(unknownMetric)],
      ['another media type', 415, 'unsupported_media_type', 'application/yaml', () => 'a: 1'],
    ])('%s', async (_, status, code, type, body) => {
      const node = newNode();
      await post(node, push(tick(1, recent(15))));
      const answer = await post(node, body(), type);
      expect(answer).toMatchObject({ status, body: { statusCode: status, code } });
      if (code === 'malformed_block' || code === 'unsupported_version') expect(answer.body['place']).toBeTruthy();
      expect(await post(node, push(tick(2, recent(5))))).toMatchObject({ status: 200, body: { stored: 1 } });
      expect(await storedTicks(node)).toHaveLength(2);
    });
    const unknownMetric = {
      entities: [{ kind: 'node', key: 'node' }],
      groups: [{ entity: 0, kind: 'resource', ages: [0], metrics: { nonsense: [1] } }],
    };

    it.each([
      ['no token', undefined, 401],
      ['a token that is not good', 'Bearer nonsense', 401],
      ['another scheme', 'Basic YTpi', 401],
    ])('%s', async (_, authorization, status) => {
      const headers = { 'content-type': pushMediaType, ...(authorization === undefined ? {} : { authorization }) };
      const response = await fetch(`${api.url}/api/v1/blocks`, { method: 'POST', headers, body: Buffer.from(valid()) });
      expect(response.status).toBe(status);
    });
  });

  it('takes a push of exactly the limit', async () => {
    const node = newNode();
    const described = new Map<string, typeof podDescription>();
    const blocks = Array.from({ length: limits.blocksPerPush }, (_, i) => tick(i + 1, recent(600) + i));
    expect(await post(node, encodePush({ descriptions: described, blocks }))).toMatchObject({
      status: 200,
      body: { stored: limits.blocksPerPush },
    });
    const more = Array.from({ length: limits.blocksPerPush + 1 }, (_, i) => tick(i + 1000, recent(600) + i));
    expect(await post(node, push(...more))).toMatchObject({ status: 413, body: { code: 'too_large' } });
  });

  it('reads memory back after a restart, with what it knows of entities', async () => {
    const node = newNode();
    const atMs = recent(60);
    const bytes = pushed({ seq: 1, tickTimes: [atMs], described: true }).bytes;
    await post(node, encodePush({ descriptions: new Map([[podHash, podDescription]]), blocks: [bytes] }));
    const restarted = await runningApi({ uri: database.uri });
    try {
      const ready = async (): Promise<boolean> => (await fetch(`${restarted.url}/readyz`)).ok;
      while (!(await ready())) await wait(20);
      const again = restarted.app
        .get(LiveNodes)
        .all()
        .find(({ record }) => record.name === node);
      expect(again?.blocksIn(0, Infinity)).toEqual([blockOf({ seq: 1, tickTimes: [atMs], described: true })]);
      expect(again?.entities.get('pod-1')?.description).toEqual(podDescription);
    } finally {
      await restarted.stop();
    }
  }, 30_000);

  it('is not ready before it has read memory back, however long the database stays away', async () => {
    await database.kill();
    const started = await runningApi({ uri: database.uri });
    try {
      expect((await fetch(`${started.url}/healthz`)).status).toBe(200);
      expect((await fetch(`${started.url}/readyz`)).status).toBe(503);
      await database.start();
      while (!(await fetch(`${started.url}/readyz`)).ok) await wait(50);
    } finally {
      await started.stop();
    }
  }, 30_000);

  it('answers 503 within five seconds while the database is away, and stores the repeat once', async () => {
    const node = newNode();
    const [before, during] = [tick(1, recent(15)), tick(2, recent(5))];
    await post(node, push(before));
    await database.kill();
    const killedMs = Date.now();
    const refused = await post(node, push(during));
    expect(Date.now() - killedMs).toBeLessThan(5000);
    expect(refused).toMatchObject({ status: 503, retryAfter: '5', body: { code: 'database_unavailable' } });
    expect((await fetch(`${api.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${api.url}/readyz`)).status).toBe(200);
    expect(held(node)).toHaveLength(1);

    await database.start();
    let answer = await post(node, push(before, during));
    while (answer.status === 503) answer = await post(node, push(before, during));
    // What was refused may have come to be stored all the same.
    expect(answer.status).toBe(200);
    expect(await post(node, push(before, during))).toMatchObject({ body: { stored: 0, duplicate: 2 } });
    expect(await storedTicks(node)).toHaveLength(2);
  }, 40_000);

  it('answers 503 within five seconds while the database hangs, and stores what then comes through once', async () => {
    const node = newNode();
    const bytes = push(tick(1, recent(15)), tick(2, recent(5)));
    await post(node, push());
    database.freeze();
    const frozenMs = Date.now();
    const refused = await post(node, bytes);
    expect(Date.now() - frozenMs).toBeLessThan(5000);
    expect(refused).toMatchObject({ status: 503, retryAfter: '5', body: { code: 'database_unavailable' } });
    database.thaw();
    let answer = await post(node, bytes);
    while (answer.status === 503) answer = await post(node, bytes);
    expect(answer.status).toBe(200);
    expect(await storedTicks(node)).toHaveLength(2);
  }, 40_000);
});
