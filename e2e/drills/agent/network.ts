import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Row } from '../drill.ts';
import { ledgerRows } from './account.ts';
import type { AgentProcess } from './agent-process.ts';
import type { DrilledNode } from './drilled-node.ts';
import { OwnNetwork } from './own-network.ts';
import type { Site } from './site.ts';

/** Of the drills that ask for ten minutes, in compressed time. */
const faultMs = 60_000;
/** The timeout of a push, and a tick until it is tried, and the moment until its log is read. */
const givesUpMs = 13_000;
const drainMs = 180_000;
const mebibyte = 1024 * 1024;

/** D16: the API stores and its reply is cut, half of the time. */
export async function repliesCut(site: Site): Promise<Row[]> {
  const node = await site.node('d16-cut');
  const agent = await node.agent();
  await node.until('a first acknowledged tick', () => node.relay.acknowledged.size > 0);
  await site.toxiproxy.add(node.name, {
    type: 'limit_data',
    stream: 'downstream',
    toxicity: 0.5,
    attributes: { bytes: 1 },
  });
  await sleep(faultMs / 2);
  await site.toxiproxy.restore();
  await node.collect(2);
  await node.drained(drainMs);
  await agent.end('SIGTERM');
  const repeats = [...node.relay.acknowledged.values()].filter((count) => count > 1).length;
  return [
    {
      step: 'D16 replies cut: ticks that were sent again after they were stored',
      expected: 'some',
      found: repeats > 0 ? 'some' : 'none',
    },
    ...(await ledgerRows('D16 replies cut', node)),
  ];
}

/** D18: 10 kB/s and 2 s of latency, with a backlog. */
export async function slowLine(site: Site): Promise<Row[]> {
  const node = await site.node('d18-slow');
  const agent = await node.agent();
  await node.collect(20);
  const { now: before } = await agent.residentBytes();
  const rate = { type: 'bandwidth', toxicity: 1, attributes: { rate: 10 } } as const;
  const delay = {
    type: 'latency',
    stream: 'downstream',
    toxicity: 1,
    attributes: { latency: 2000, jitter: 0 },
  } as const;
  await site.toxiproxy.add(node.name, { ...rate, stream: 'upstream' });
  await site.toxiproxy.add(node.name, { ...rate, stream: 'downstream' });
  await site.toxiproxy.add(node.name, delay);
  const most = await mostResidentWhile(agent, faultMs);
  await site.toxiproxy.restore();
  await node.collect(2);
  await node.drained(drainMs);
  await agent.end('SIGTERM');
  const more = (most - before) / mebibyte;
  return [
    {
      step: 'D18 10 kB/s, 2 s latency: resident memory at most 20 MiB more',
      expected: 'yes',
      found: more <= 20 ? 'yes' : `${more.toFixed(1)} MiB`,
    },
    ...(await ledgerRows('D18 10 kB/s, 2 s latency', node)),
  ];
}

/** D19: half of the connections are reset. */
export async function resets(site: Site): Promise<Row[]> {
  const node = await site.node('d19-resets');
  const agent = await node.agent();
  const reset = { type: 'reset_peer', toxicity: 0.5, attributes: { timeout: 0 } } as const;
  await site.toxiproxy.add(node.name, { ...reset, stream: 'upstream' });
  await site.toxiproxy.add(node.name, { ...reset, stream: 'downstream' });
  await sleep(faultMs);
  await site.toxiproxy.restore();
  await node.collect(2);
  await node.drained(drainMs);
  await agent.end('SIGTERM');
  return ledgerRows('D19 half of the connections reset', node);
}

/** D17: every packet to the API is dropped, in the agent's own network namespace: nothing answers, nothing refuses. */
export async function blackHole(site: Site): Promise<Row[]> {
  const node = await site.node('d17-black-hole');
  const network = await OwnNetwork.of(node);
  const agent = await node.agent(network.options);
  await node.until('a first acknowledged tick', () => node.relay.acknowledged.size > 0);
  const drop = ['OUTPUT', '-p', 'tcp', '--dport', String(node.apiPort), '-j', 'DROP'];
  await network.run(agent, ['iptables', '-I', ...drop]);
  const [before, sinceMs] = [node.proxy.collected.length, Date.now()];
  const failed = await saysThatPushesFail(node, agent, sinceMs);
  await sleep(faultMs / 2);
  const [collected, seconds] = [node.proxy.collected.length - before, (Date.now() - sinceMs) / 1000];
  await network.run(agent, ['iptables', '-D', ...drop]);
  await node.collect(2);
  await node.drained(drainMs);
  await agent.end('SIGTERM');
  network.close();
  return [
    {
      step: 'D17 black hole: a push gives up within 10 s',
      expected: 'yes',
      found: failed <= givesUpMs ? 'yes' : `${failed} ms`,
    },
    {
      step: 'D17 black hole: collection goes on, a page a second',
      expected: 'yes',
      found: collected >= 0.9 * seconds - 1 ? 'yes' : `${collected} in ${seconds.toFixed(0)} s`,
    },
    ...(await ledgerRows('D17 black hole', node)),
  ];
}

/** Resident memory at its highest, asked each half second, in bytes. */
async function mostResidentWhile(agent: AgentProcess, forMs: number): Promise<number> {
  const endMs = Date.now() + forMs;
  let most = 0;
  while (Date.now() < endMs) {
    most = Math.max(most, (await agent.residentBytes()).now);
    await sleep(500);
  }
  return most;
}

/** How long it takes until it says that pushes fail, in ms. */
async function saysThatPushesFail(node: DrilledNode, agent: AgentProcess, sinceMs: number): Promise<number> {
  await node.until('pushes fail', async () => (await readFile(agent.log, 'utf8')).includes('pushes fail'));
  return Date.now() - sinceMs;
}
