import { globSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Row } from '../drill.ts';
import { ledgerRows } from './account.ts';
import { ratesOf, skewOf, verdictOf } from './rates.ts';
import type { Site } from './site.ts';

const hourMs = 3_600_000;
/** Ten minutes, in compressed time: longer than the gap above which nothing is known, max(3 intervals, 45 s). */
const stoppedMs = 60_000;

/** D12: stopped by SIGSTOP for longer than what is bridged. */
export async function stopped(site: Site): Promise<Row[]> {
  const node = await site.node('d12-stopped');
  const agent = await node.agent();
  await node.collect(5);
  agent.signal('SIGSTOP');
  await sleep(stoppedMs);
  const before = node.proxy.collected.length;
  agent.signal('SIGCONT');
  await sleep(3000);
  const burst = node.proxy.collected.length - before;
  await node.collect(3);
  await node.drained();
  await agent.end('SIGTERM');
  const rates = await ratesOf(node);
  return [
    {
      step: 'D12 SIGSTOP: pages read in the 3 s after it, at one a second',
      expected: 'at most 4',
      found: burst <= 4 ? 'at most 4' : String(burst),
    },
    {
      step: 'D12 SIGSTOP: a gap in the chart, and no rate across it',
      expected: 'gap, rates as used',
      found: `${rates.gapMs >= stoppedMs / 2 ? 'gap' : `${rates.gapMs} ms`}, ${verdictOf(rates)}`,
    },
    ...(await ledgerRows('D12 SIGSTOP', node)),
  ];
}

/** D13: the machine's clock is stepped by an hour, forwards and back, while the agent runs. */
export async function stepped(site: Site, direction: 1 | -1): Promise<Row[]> {
  const sign = direction > 0 ? '+1 h' : '-1 h';
  const node = await site.node(direction > 0 ? 'd13-forwards' : 'd13-back');
  const clockFile = join(node.folder, 'clock');
  await writeFile(clockFile, '+0');
  const agent = await node.agent({ env: fakeClock(clockFile) });
  await node.collect(5);
  await writeFile(clockFile, `${direction * 3600}`.replace(/^(?=\d)/, '+'));
  node.kubelet.clockOffsetMs = direction * hourMs;
  await node.collect(6);
  const skewMs = await skewOf(node);
  await writeFile(clockFile, '+0');
  node.kubelet.clockOffsetMs = 0;
  await node.collect(5);
  await node.drained();
  await agent.end('SIGTERM');
  return [
    {
      step: `D13 clock ${sign}: skew shown`,
      expected: sign,
      found: Math.abs(skewMs - direction * hourMs) < 30_000 ? sign : `${skewMs} ms`,
    },
    { step: `D13 clock ${sign}: rates`, expected: 'rates as used', found: verdictOf(await ratesOf(node)) },
    ...(await ledgerRows(`D13 clock ${sign}`, node)),
  ];
}

/** D14: the machine boots, so that its counters begin at 0 and its agent anew. */
export async function rebooted(site: Site): Promise<Row[]> {
  const node = await site.node('d14-rebooted');
  const first = await node.agent();
  await node.collect(5);
  await first.end('SIGKILL');
  node.kubelet.reboot();
  const second = await node.agent();
  await node.collect(5);
  await node.drained();
  await second.end('SIGTERM');
  return [
    { step: 'D14 reboot: rates', expected: 'rates as used', found: verdictOf(await ratesOf(node)) },
    ...(await ledgerRows('D14 reboot, counters from 0', node, { unspooledAtMost: 1 })),
  ];
}

/** libfaketime with a clock that a file sets, the monotonic one left alone: as when a machine's clock is stepped. */
function fakeClock(file: string): Readonly<Record<string, string>> {
  const [library] = globSync('/usr/lib/*/faketime/libfaketime.so.1');
  if (library === undefined) throw new Error('libfaketime is not there; install the Debian package faketime');
  const always = { FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' };
  return { LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: file, ...always };
}
