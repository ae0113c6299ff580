import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import type { Row } from '../drill.ts';
import { accountOf, ledgerRows } from './account.ts';
import { acknowledgesTooEarly, breakBundle } from './agent-bundle.ts';
import type { DrilledNode } from './drilled-node.ts';
import type { Site } from './site.ts';

const kills = 100;
/** From a start to the kill: from before its first tick to within its third. */
const [soonestMs, latestMs] = [150, 2500];
const endMostMs = 10_000;
const backlogTicks = 5;

/** D2: kill -9, a hundred times, at moments of chance. */
export async function killed(site: Site): Promise<Row[]> {
  const node = await site.node('d2-killed');
  const agent = await node.agent();
  for (let kill = 0; kill < kills; kill++) {
    await sleep(soonestMs + Math.random() * (latestMs - soonestMs));
    await agent.killAndRestart();
  }
  await node.drained();
  await agent.end('SIGTERM');
  return ledgerRows(`D2 kill -9 ×${kills}`, node, { unspooledAtMost: kills });
}

/** D3: asked to end, it ends in time and loses nothing. */
export async function terminated(site: Site): Promise<Row[]> {
  const node = await site.node('d3-terminated');
  const agent = await node.agent();
  await node.collect(4);
  const askedMs = Date.now();
  await agent.end('SIGTERM');
  const tookMs = Date.now() - askedMs;
  return [
    { step: 'D3 SIGTERM: it ends within 10 s', expected: 'yes', found: tookMs <= endMostMs ? 'yes' : `${tookMs} ms` },
    ...(await ledgerRows('D3 SIGTERM', node)),
  ];
}

/** D4: killed while the API is away; the next one sends the whole backlog. */
export async function killedInOutage(site: Site): Promise<Row[]> {
  const node = await outageWithKill(site, 'd4-outage', site.bundle);
  return ledgerRows('D4 kill -9 in an outage', node, { unspooledAtMost: 1 });
}

/** The same with an agent that takes what it sends for stored: the account must tell. */
export async function brokenIsFound(site: Site): Promise<Row[]> {
  const bundle = join(site.folder, 'broken.mjs');
  await breakBundle(site.bundle, bundle, acknowledgesTooEarly);
  const node = await outageWithKill(site, 'd4-broken', bundle);
  const { collected, stored, dropped } = await accountOf(node);
  const unexplained = collected - stored - Object.values(dropped).reduce((sum, count) => sum + count, 0);
  const isFound = unexplained >= backlogTicks - 1;
  return [
    {
      step: 'an agent that acknowledges before the API has stored: the account lacks what it forgot',
      expected: 'found',
      found: isFound ? 'found' : `${unexplained} of ${collected} without a reason`,
    },
  ];
}

async function outageWithKill(site: Site, name: string, bundle: string): Promise<DrilledNode> {
  const node = await site.node(name);
  const agent = await node.agent({ bundle });
  await node.until('a first acknowledged tick', () => node.relay.acknowledged.size > 0);
  await site.toxiproxy.refuse(node.name);
  await node.collect(backlogTicks);
  await agent.killAndRestart();
  await node.collect(backlogTicks);
  await site.toxiproxy.restore();
  await node.drained();
  await agent.end('SIGTERM');
  return node;
}
