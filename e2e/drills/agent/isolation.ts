import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { nodeDetailSchema, pushMediaType } from '@docksnap/contract';
import { encodeBlock, encodePush } from '@docksnap/contract/codec';
import type { Row } from '../drill.ts';
import { zstd } from '../store/zstd.ts';
import { idOf, ledgerRows } from './account.ts';
import type { DrilledNode } from './drilled-node.ts';
import type { Site } from './site.ts';

const harmMs = 45_000;
const namedMs = 30_000;
const pushMs = 30_000;
const slowConnections = 50;
const floodAtOnce = 8;
const containersPerPush = 4000;
const neighbours = 2;

/** D28, D29: one agent dribbles, sends garbage, floods and names ever new containers; its neighbours lose nothing. */
export async function oneAgainstAll(site: Site): Promise<Row[]> {
  const bad = await site.node('d28-bad');
  const agent = await bad.agent();
  await bad.until('a first acknowledged tick', () => bad.relay.acknowledged.size > 0);
  await agent.end('SIGTERM');
  const good = await Promise.all(Array.from({ length: neighbours }, (_, index) => site.node(`d28-good-${index + 1}`)));
  const agents = await Promise.all(good.map((node) => node.agent()));
  const slow = dribbling(new URL(site.api.origin));
  const answers = await harm(bad, new URL('/api/v1/blocks', site.api.origin));
  const named = await namedAs(bad, 'AgentOverLimit', namedMs);
  slow();
  await Promise.all(good.map((node) => node.collect(2)));
  await Promise.all(good.map((node) => node.drained()));
  await Promise.all(agents.map((each) => each.end('SIGTERM')));
  const kinds = [400, 422, 429].map((status) => `${status}: ${(answers.get(status) ?? 0) > 0 ? 'some' : 'none'}`);
  return [
    {
      step: 'D28, D29: garbage, new containers, floods are refused',
      expected: '400: some, 422: some, 429: some',
      found: kinds.join(', '),
    },
    { step: 'D28, D29: the API names who it is', expected: 'AgentOverLimit', found: named },
    ...(await Promise.all(good.map((node, index) => ledgerRows(`D28, D29 neighbour ${index + 1}`, node)))).flat(),
  ];
}

/** A problem that the API tells of a node, once it does or the time is over; else all that it tells. */
export async function namedAs(node: DrilledNode, reason: string, withinMs: number): Promise<string> {
  const deadline = Date.now() + withinMs;
  const path = `/api/v1/nodes/${await idOf(node)}`;
  for (;;) {
    const { agent } = await node.site.client.get(path, nodeDetailSchema);
    const reasons = agent?.problems.map((problem) => problem.reason) ?? [];
    if (reasons.some((each) => each === reason)) return reason;
    if (Date.now() > deadline) return reasons.join(', ') || 'nothing';
    await sleep(500);
  }
}

/** Connections that send a header's bytes one by one. @returns what ends them */
function dribbling(url: URL): () => void {
  const sockets = Array.from({ length: slowConnections }, () => connect(Number(url.port), url.hostname));
  for (const socket of sockets) socket.on('error', () => undefined).write('POST /api/v1/blocks HTTP/1.1\r\nx: ');
  const timer = setInterval(() => {
    for (const socket of sockets) if (socket.writable) socket.write('x');
  }, 1000);
  return () => {
    clearInterval(timer);
    for (const socket of sockets) socket.destroy();
  };
}

/** Pushes by the bad node's token for a while. @returns answers by their status, 0 where there was none */
async function harm(bad: DrilledNode, url: URL): Promise<ReadonlyMap<number, number>> {
  const answers = new Map<number, number>();
  const endMs = Date.now() + harmMs;
  const token = await bad.token();
  for (let seq = 1; Date.now() < endMs; seq++) {
    const bodies = [Buffer.from('garbage'), ...Array.from({ length: floodAtOnce }, () => Buffer.alloc(1_000_000))];
    bodies.push(Buffer.from(newContainers(seq)));
    const statuses = await Promise.all(bodies.map((body) => post(url, token, body)));
    for (const status of statuses) answers.set(status, (answers.get(status) ?? 0) + 1);
    // Room for garbage and containers too: a flood alone would hide them behind its 429.
    if (seq % 3 === 0) await sleep(9000);
  }
  return answers;
}

async function post(url: URL, token: string, body: Buffer<ArrayBuffer>): Promise<number> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': pushMediaType };
  try {
    const answer = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(pushMs) });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}

/** A tick with containers that nobody has seen. */
function newContainers(seq: number): Uint8Array {
  const entities = Array.from({ length: containersPerPush }, (_, index) => ({
    ...{ kind: 'container' as const, key: `pod-${index}/main`, runtimeId: `run-${seq}-${index}`, description: '' },
    startedAtMs: Date.now(),
  }));
  const epoch = 'bad0'.repeat(8);
  const block = { epoch, firstSeq: seq, intervalMs: 1000, tickTimes: [Date.now()], entities, groups: [] };
  return encodePush({ descriptions: new Map(), rosters: new Map(), blocks: [encodeBlock(block, zstd)] });
}
