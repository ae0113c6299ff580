import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '../../cluster/process.ts';
import type { Row } from '../drill.ts';
import { ledgerRows } from './account.ts';
import type { AgentProcess } from './agent-process.ts';
import type { DrilledNode } from './drilled-node.ts';
import type { Site } from './site.ts';

const noticedMs = 15_000;
const outageTicks = 6;
const mebibyte = 1024 * 1024;
const unwritable = 'SpoolUnwritable';

/** A tmpfs at the spool, seen by the agent alone and gone with it. */
function onTmpfs(node: DrilledNode, options: string): readonly string[] {
  const script = `mkdir -p "$0" && mount -t tmpfs -o ${options} tmpfs "$0" && exec "$@"`;
  return ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', script, node.spool];
}

/** D8: the buffer's disk is full while the API is away; then room is made. */
export async function fullDisk(site: Site): Promise<Row[]> {
  const node = await site.node('d8-full');
  const agent = await node.agent({ through: onTmpfs(node, 'size=1m') });
  await node.until('a first acknowledged tick', () => node.relay.acknowledged.size > 0);
  await site.toxiproxy.refuse(node.name);
  const ballast = join(`/proc/${agent.pid}/root`, node.spool, 'ballast');
  // More than there is room for: it takes what is left.
  await writeFile(ballast, Buffer.alloc(mebibyte)).catch(() => undefined);
  const noticed = await noticesWithin(agent, unwritable, noticedMs);
  await node.collect(outageTicks);
  await site.toxiproxy.restore();
  await node.drained();
  const stillRuns = await agent.problems();
  await truncate(ballast, 0);
  await node.collect(2);
  await sleep(500);
  const after = await agent.problems();
  const same = stillRuns === 'silent' ? 'no' : 'yes';
  await agent.end('SIGTERM');
  return [
    { step: 'D8 full disk: named within 15 s', expected: unwritable, found: noticed },
    {
      step: 'D8 full disk: drained while full, by the same process',
      expected: 'yes',
      found: same,
    },
    { step: 'D8 full disk: well at the second tick after there is room', expected: 'none', found: after },
    ...(await ledgerRows('D8 full disk', node)),
  ];
}

/** D9: each fdatasync fails with EIO from some moment on; what was in memory then is lost with the process, and counted. */
export async function failingSync(site: Site): Promise<Row[]> {
  const node = await site.node('d9-eio');
  const first = await node.agent({ through: ['fiu-run', '-x'] });
  await node.until('a first acknowledged tick', () => node.relay.acknowledged.size > 0);
  await site.toxiproxy.refuse(node.name);
  await run('fiu-ctrl', ['-c', 'enable name=posix/io/sync/fdatasync,failinfo=5', String(first.pid)]);
  const noticed = await noticesWithin(first, unwritable, noticedMs);
  await node.collect(outageTicks);
  await first.end('SIGKILL');
  await site.toxiproxy.restore();
  const second = await node.agent();
  await node.collect(2);
  await node.drained();
  await second.end('SIGTERM');
  return [
    { step: 'D9 fsync fails: named within 15 s', expected: unwritable, found: noticed },
    ...(await ledgerRows('D9 fsync fails, then kill -9', node, { dropped: 'lost_spool', unspooledAtMost: 1 })),
  ];
}

/** D10: a buffer that cannot be written from the start on. */
export async function unwritableBuffer(site: Site): Promise<Row[]> {
  const node = await site.node('d10-unwritable');
  const agent = await node.agent({ through: onTmpfs(node, 'size=1m,ro') });
  const noticed = await noticesWithin(agent, unwritable, noticedMs);
  await site.toxiproxy.refuse(node.name);
  await node.collect(outageTicks);
  await site.toxiproxy.restore();
  await node.drained();
  await agent.end('SIGTERM');
  return [
    { step: 'D10 unwritable buffer: named within 15 s', expected: unwritable, found: noticed },
    ...(await ledgerRows('D10 unwritable buffer', node)),
  ];
}

/** What it says is wrong, once it says so or the time is over. */
export async function noticesWithin(agent: AgentProcess, reason: string, withinMs: number): Promise<string> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const problems = await agent.problems();
    if (problems.includes(reason) || Date.now() > deadline) return problems;
    await sleep(200);
  }
}
