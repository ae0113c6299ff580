import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Block, Description } from '@docksnap/contract';
import type { ReadPush } from '@docksnap/contract/codec';
import { encodeBlock, encodeRoster, rosterHash } from '@docksnap/contract/codec';
import { createLog } from '../log.ts';
import { Problems } from '../problems.ts';
import { createReport } from '../report/report.ts';
import type { CollectedTick } from '../spool/active-segment.ts';
import { Spool } from '../spool/spool.ts';
import { selfSigned, signedBy } from '../testing/certificates.ts';
import type { ScriptedAnswer } from '../testing/recording-api.ts';
import { RecordingApi } from '../testing/recording-api.ts';
import { DescriptionHashes } from '../tick/description-hashes.ts';
import { sha256 } from '../sha256.ts';
import { zstd } from '../zstd.ts';
import { batchBytes } from './batch.ts';
import { Pusher } from './pusher.ts';
import type { TransportOptions } from './transport.ts';
import { Transport } from './transport.ts';

const epoch = 'e'.repeat(32);
const startMs = 1_795_491_265_000;
const quiet = createLog('error', () => undefined, Date.now);
const node: Description = { kind: 'node', name: 'node-1', missing: [] };
const nodeHash = new DescriptionHashes().of(node);
/** One that has nobody: all that a block says stands in the block. */
const nobody = { entities: [], groups: [] };
const rosterBytes = encodeRoster(nobody, zstd);
const roster = { hash: rosterHash(rosterBytes, sha256), bytes: rosterBytes };

jest.setTimeout(20_000);

let directory: string;
let api: RecordingApi;
let apiUrl: URL;
let spool: Spool;
let problems: Problems;
let stopAll: (() => Promise<void>)[];

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'docksnap-push-'));
  await writeFile(path.join(directory, 'token'), 'ingest-token\n');
  problems = new Problems(Date.now, quiet);
  const options = { maxBytes: 1e9, maxAgeMs: 86_400_000, segmentBytes: 1e7, memoryBytes: 1e6 };
  spool = new Spool({ directory: path.join(directory, 'spool'), ...options }, () => startMs, problems, quiet);
  await spool.open();
  api = new RecordingApi();
  apiUrl = await api.start();
  stopAll = [];
});

afterEach(async () => {
  for (const stop of stopAll) await stop();
  await spool.close();
  await api.stop();
  await rm(directory, { recursive: true });
});

/** A tick; each further entity makes it some 300 bytes larger. */
function tick(seq: number, furtherEntities = 0): CollectedTick {
  const noEntity = { runtimeId: '', startedAtMs: 0, description: '' };
  const pods = Array.from({ length: furtherEntities }, () => ({
    ...noEntity,
    kind: 'pod' as const,
    key: randomBytes(300).toString('base64'),
  }));
  const tickMs = startMs + seq * 10_000;
  const block: Block = {
    epoch,
    firstSeq: seq,
    intervalMs: 10_000,
    tickTimes: [tickMs],
    entities: [{ ...noEntity, kind: 'node', key: 'node', description: nodeHash }, ...pods],
    groups: [],
  };
  const bytes = encodeBlock(block, zstd, { hash: roster.hash, roster: nobody });
  return { epoch, seq, ticks: 1, tickMs, bytes, descriptions: new Map([[nodeHash, node]]), roster };
}

function startPusher(options: Partial<TransportOptions> = {}): Pusher {
  const usual = { urls: [apiUrl], caFile: undefined, tokenFile: path.join(directory, 'token'), timeoutMs: 500 };
  const transport = new Transport({ ...usual, ...options });
  const account = {
    intervalMs: 10_000,
    epoch: () => epoch,
    spool,
    problems,
    kubeletTrust: () => undefined,
    wallMs: Date.now,
  };
  const report: ConstructorParameters<typeof Pusher>[0]['report'] = (ticks) => createReport(account, ticks);
  const pusher = new Pusher({ spool, transport, report, problems, log: quiet, random: () => 0.02 });
  const running = pusher.run();
  stopAll.push(async () => {
    pusher.stop();
    await running;
    transport.close();
  });
  return pusher;
}

async function collect(pusher: Pusher | undefined, from: number, to: number, furtherEntities?: number): Promise<void> {
  for (let seq = from; seq <= to; seq++) {
    const collected = tick(seq, furtherEntities);
    await spool.append(collected);
    pusher?.offer(collected);
  }
}

async function until(isTrue: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 1000; tries++) {
    if (isTrue()) return;
    await sleep(10);
  }
  throw new Error(`not within 10 s: ${what}`);
}

const isDrained = (): boolean => spool.backlog.ticks === 0;
const numbers = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_n, i) => from + i);
const seqsOf = ({ blocks }: ReadPush): number[] => blocks.map(({ header }) => header.firstSeq);
const pushed = (): number[][] => api.pushes.map(({ push }) => seqsOf(push));

/** Answers these first, then as usual. */
function script(...answers: (ScriptedAnswer | undefined)[]): void {
  api.script = () => answers.shift();
}

describe('a push', () => {
  it('carries a new tick at once, its descriptions the first time, and the report', async () => {
    const pusher = startPusher();
    for (const seq of [1, 2]) {
      await collect(pusher, seq, seq);
      await until(isDrained, 'stored');
    }
    expect(pushed()).toEqual([[1], [2]]);
    expect(api.pushes.map(({ push }) => [...push.descriptions.keys()])).toEqual([[nodeHash], []]);
    expect(api.pushes.map(({ push }) => [...push.rosters.keys()])).toEqual([[roster.hash], []]);
    expect(api.pushes[1]?.push.report).toMatchObject({
      ledger: [{ epoch, collected: 2, dropped: {} }],
      backlogTicks: 0,
      backlogBytes: 0,
    });
    expect(api.pushes[0]?.headers).toMatchObject({
      'content-type': 'application/vnd.docksnap.push',
      authorization: 'Bearer ingest-token',
    });
  });

  it('sends the newest tick first and the backlog behind it, oldest first', async () => {
    await collect(undefined, 1, 20);
    startPusher();
    await until(isDrained, 'stored');
    // The first ones were answered with what the API needs.
    expect(pushed()).toEqual([[20], [20], [20], numbers(1, 19)]);
    expect(api.seqs(epoch)).toEqual(numbers(1, 20));
  });

  it('asks for what the API needs in the spool, after a restart too', async () => {
    await collect(undefined, 1, 3);
    startPusher();
    await until(isDrained, 'stored');
    expect(api.descriptions.get(nodeHash)).toEqual(node);
    expect(api.rosters.get(roster.hash)).toEqual(nobody);
    expect(api.blocks.size).toBe(3);
  });

  it('keeps bodies small enough for the API', async () => {
    await collect(undefined, 1, 8, 2000);
    startPusher();
    await until(isDrained, 'stored');
    expect(api.pushes.length).toBeGreaterThan(2);
    expect(Math.max(...api.pushes.map(({ bodyBytes }) => bodyBytes))).toBeLessThan(batchBytes + 1000);
    expect(api.seqs(epoch)).toEqual(numbers(1, 8));
  });

  it('tells what is wrong when there is nothing else to send', async () => {
    problems.set('/metrics/resource', 'KubeletForbidden', 'grant it');
    startPusher().offerReport();
    await until(() => api.report !== undefined, 'the report');
    expect(pushed()).toEqual([[]]);
    expect(api.report?.problems).toEqual([expect.objectContaining({ reason: 'KubeletForbidden' })]);
  });
});

describe('an API that fails', () => {
  it.each<[string, ScriptedAnswer]>([
    ['answers 503', { status: 503 }],
    ['answers 500', { status: 500 }],
    ['answers 404', { status: 404 }],
    ['cuts the connection before it stored', { status: 0, cut: 'before' }],
    ['cuts the connection after it stored', { status: 0, cut: 'after' }],
    ['does not answer', { status: 0, silent: true }],
    ['refuses the token', { status: 401 }],
    ['refuses the ServiceAccount', { status: 403 }],
  ])('and %s gets everything later, each tick once', async (_what, answer) => {
    script(answer, answer);
    const pusher = startPusher();
    await collect(pusher, 1, 3);
    await until(isDrained, 'stored');
    expect(api.seqs(epoch)).toEqual([1, 2, 3]);
    expect(spool.ledger.entries()).toEqual([{ epoch, collected: 3, dropped: {} }]);
  });

  it('is left alone for as long as it asks', async () => {
    script({ status: 503, headers: { 'retry-after': '1' } });
    const started = performance.now();
    const pusher = startPusher();
    await collect(pusher, 1, 1);
    await until(isDrained, 'stored');
    expect(performance.now() - started).toBeGreaterThan(1000);
    expect(pushed()).toEqual([[1], [1]]);
  });

  it('and does not know the format keeps the agent waiting, nothing dropped', async () => {
    api.script = () => ({ status: 415, body: { code: 'unsupported_version' } });
    const pusher = startPusher();
    await collect(pusher, 1, 2);
    await sleep(300);
    expect(api.pushes).toHaveLength(1);
    expect(spool.backlog.ticks).toBe(2);
  });

  it('with the credentials is a problem for as long as it does', async () => {
    let isRefused = true;
    api.script = () => (isRefused ? { status: 403, body: { code: 'forbidden', message: 'not the agent' } } : undefined);
    const pusher = startPusher();
    await collect(pusher, 1, 1);
    await until(() => problems.list().length > 0, 'the problem');
    expect(problems.list()).toEqual([expect.objectContaining({ reason: 'CredentialsRejected' })]);
    expect(problems.list()[0]?.message).toContain('403 forbidden: not the agent');
    isRefused = false;
    await until(isDrained, 'stored');
    expect(problems.list()).toEqual([]);
  });

  it('takes what was collected before another agent began, and keeps the rest until that one ends', async () => {
    const beganAtSeq = 5;
    let isAlive = true;
    const isOfBoth = (push: ReadPush): boolean => push.blocks.some(({ header }) => header.firstSeq >= beganAtSeq);
    api.script = (push) => (isAlive && isOfBoth(push) ? { status: 409, body: { code: 'superseded' } } : undefined);
    await collect(undefined, 1, 9);
    const pusher = startPusher();
    await until(() => api.blocks.size === beganAtSeq - 1, 'the older ones are stored');
    await until(() => problems.list().some(({ reason }) => reason === 'Superseded'), 'the problem');
    expect(spool.ledger.entries()).toEqual([{ epoch, collected: 9, dropped: {} }]);
    isAlive = false;
    await collect(pusher, 10, 10);
    await until(isDrained, 'stored');
    expect(api.seqs(epoch)).toEqual(numbers(1, 10));
    expect(problems.list()).toEqual([]);
  });

  it('as superseded is tried again after longer and longer, also when all is in one block of many ticks', async () => {
    api.script = () => ({ status: 409, body: { code: 'superseded' } });
    await spool.append({ ...tick(1), ticks: 10 });
    const startedMs = performance.now();
    startPusher();
    await until(() => api.pushes.length === 6, 'six attempts');
    // 20, 40, 80, 160 and 320 ms lie between them.
    expect(performance.now() - startedMs).toBeGreaterThan(600);
  });

  it('at one address is asked at the next', async () => {
    const pusher = startPusher({ urls: [new URL('http://127.0.0.1:1'), apiUrl] });
    await collect(pusher, 1, 1);
    await until(isDrained, 'stored');
    expect(api.seqs(epoch)).toEqual([1]);
  });
});

describe('a tick that can never be stored', () => {
  it.each([400, 413, 409])('is found among others by %d, given up, counted, and costs no other', async (status) => {
    api.script = (push) => (seqsOf(push).includes(13) ? { status, body: { code: 'no', message: 'never' } } : undefined);
    await collect(undefined, 1, 30);
    startPusher();
    await until(isDrained, 'stored');
    expect(api.seqs(epoch)).toEqual(numbers(1, 30).filter((seq) => seq !== 13));
    expect(spool.ledger.entries()).toEqual([{ epoch, collected: 30, dropped: { rejected: 1 } }]);
  });

  it.each([
    ['its descriptions', { need: ['f'.repeat(32)] }],
    ['its roster', { need: [], rosters: ['f'.repeat(32)] }],
  ])('is given up when the spool has lost %s', async (_what, lost) => {
    const need = { status: 409, body: { code: 'need', message: 'm', ...lost } };
    api.script = (push) => (seqsOf(push).includes(2) ? need : undefined);
    await collect(undefined, 1, 3);
    startPusher();
    await until(isDrained, 'stored');
    expect(api.seqs(epoch)).toEqual([1, 3]);
    expect(spool.ledger.entries()[0]?.dropped).toEqual({ corrupt_record: 1 });
  });
});

describe('https to the API', () => {
  it('waits for the CA file, trusts it alone, and follows a renewed one', async () => {
    const [ca, otherCa] = [selfSigned('ca'), selfSigned('other-ca')];
    await api.stop();
    const url = await api.start(signedBy(ca, 'api', 'IP:127.0.0.1'));
    const caFile = path.join(directory, 'ca.crt');
    const pusher = startPusher({ urls: [url], caFile });
    await collect(pusher, 1, 1);
    await sleep(100);
    await writeFile(caFile, otherCa.cert);
    await sleep(200);
    expect(api.pushes).toEqual([]);
    await writeFile(caFile, ca.cert);
    await until(isDrained, 'stored');

    await api.stop();
    await api.start(signedBy(otherCa, 'api', 'IP:127.0.0.1'), Number(url.port));
    await collect(pusher, 2, 2);
    await sleep(100);
    expect(api.seqs(epoch)).toEqual([1]);
    await writeFile(caFile, otherCa.cert);
    await until(isDrained, 'stored');
    expect(api.seqs(epoch)).toEqual([1, 2]);
  });

  it('is not spoken to a server of another name', async () => {
    const ca = selfSigned('ca');
    await api.stop();
    const url = await api.start(signedBy(ca, 'api', 'DNS:elsewhere'));
    const caFile = path.join(directory, 'ca.crt');
    await writeFile(caFile, ca.cert);
    await collect(startPusher({ urls: [url], caFile }), 1, 1);
    await sleep(200);
    expect(api.pushes).toEqual([]);
    expect(spool.backlog.ticks).toBe(1);
  });
});
