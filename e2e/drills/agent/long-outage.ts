import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Row } from '../drill.ts';
import { ledgerRows } from './account.ts';
import type { DrilledNode } from './drilled-node.ts';
import { fastForward } from './fast-forward.ts';
import type { Site } from './site.ts';

const day = { ticks: 8600, everyMs: 10_000 };
/** Some 240 bytes each, so that a mebibyte is not enough. */
const longerThanTheBuffer = { ticks: 7000, everyMs: 10_000 };
const drainMostMs = 600_000;
const liveMostMs = 30_000;
const mebibyte = 1024 * 1024;

/** D1: the API is away for a day; when it is back, all of it arrives and live data never waits for it. */
export async function dayWithoutApi(site: Site): Promise<Row[]> {
  const node = await site.node('d1-day');
  await fastForward(node, { ...day, spoolBytes: 256 * mebibyte });
  const agent = await node.agent();
  const beganMs = Date.now();
  let latestMs = 0;
  while ((await agent.metric('docksnap_agent_backlog_ticks')) !== 0 && Date.now() - beganMs < drainMostMs) {
    if (node.relay.newestTickMs > beganMs) latestMs = Math.max(latestMs, Date.now() - node.relay.newestTickMs);
    await sleep(100);
  }
  const drainedMs = Date.now() - beganMs;
  await agent.end('SIGTERM');
  return [
    {
      step: 'D1 a day without the API: drained within 10 min',
      expected: 'yes',
      found: drainedMs < drainMostMs ? 'yes' : 'no',
    },
    {
      step: 'D1: live data late by at most 30 s meanwhile',
      expected: 'yes',
      found: latestMs <= liveMostMs ? 'yes' : `${latestMs} ms`,
    },
    ...(await ledgerRows('D1 a day without the API', node)),
  ];
}

/** D11: the outage outlasts the buffer. */
export async function capReached(site: Site): Promise<Row[]> {
  const node = await site.node('d11-cap');
  const spoolBytes = mebibyte;
  const segmentBytes = spoolBytes / 8;
  let most = 0;
  const watch = async (): Promise<void> => {
    most = Math.max(most, await bytesIn(node));
  };
  await fastForward(node, { ...longerThanTheBuffer, spoolBytes, watch });
  const agent = await node.agent({ env: { DOCKSNAP_SPOOL_BYTES: String(spoolBytes) } });
  await node.collect(2);
  await node.drained();
  await agent.end('SIGTERM');
  const isBounded = most > spoolBytes / 2 && most <= spoolBytes + segmentBytes;
  return [
    {
      step: 'D11 cap reached: the disk holds at most the cap and one segment',
      expected: 'yes',
      found: isBounded ? 'yes' : `${most} B`,
    },
    ...(await ledgerRows('D11 cap reached', node, { dropped: 'buffer_full' })),
  ];
}

async function bytesIn(node: DrilledNode): Promise<number> {
  const names = await readdir(node.spool);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(node.spool, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
