import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { processListSchema } from '@docksnap/contract';
import { limits } from '@docksnap/contract/limits';
import fc from 'fast-check';
import { RowDrops } from '../exposition/row-drops.ts';
import { objectsOf } from '../json.ts';
import { ContainerKeys } from './container-keys.ts';
import { processesOf } from './process-rows.ts';

/** A real cAdvisor's answer on a node. */
const recorded = objectsOf(
  JSON.parse(readFileSync(path.join(import.meta.dirname, '../../testdata/ps.json'), 'utf8')) as unknown,
);
const [, busy = {}] = recorded;
const busyId = String(busy['cgroup_path']).slice(-64);

/** Knows the container of the second row, and a unit of systemd. */
async function knownKeys(): Promise<ContainerKeys> {
  const keys = new ContainerKeys();
  const entity = { runtimeId: '', startedAtMs: 0, description: '' };
  const entities = [
    { ...entity, kind: 'node' as const, key: 'node' },
    { ...entity, kind: 'container' as const, key: 'pod-1/busy', runtimeId: busyId },
    { ...entity, kind: 'container' as const, key: 'system.system.slice.ssh.service/ssh.service' },
  ];
  const block = { intervalMs: 1000, tickTimes: [1], entities, groups: [] };
  const gather = () => Promise.resolve({ block, descriptions: new Map() });
  await keys.watching({ open: () => Promise.resolve(), gather, close: () => undefined }).gather(1);
  return keys;
}

async function listOf(page: unknown, drops = new RowDrops()) {
  const keys = await knownKeys();
  return processesOf(page, (cgroup) => keys.ownerOf(cgroup), drops);
}

describe('processesOf', () => {
  it('reads a real page, and leaves out containers that are not told of', async () => {
    const drops = new RowDrops();
    const list = await listOf(recorded, drops);
    expect(list.processes).toEqual([
      {
        pid: 13_966,
        parentPid: 13_920,
        user: 'root',
        command: 'busybox',
        cpuCores: 0.05,
        cpuSeconds: 65,
        rssBytes: 1_617_920,
        virtualBytes: 2_322_432,
        started: '03:13',
        status: 'Rs',
        container: 'pod-1/busy',
      },
    ]);
    expect([list.dropped, drops.count('unknown_container')]).toEqual([31, 31]);
  });

  it.each([
    ['/system.slice/ssh.service', 'system.system.slice.ssh.service/ssh.service'],
    [`/docker/${busyId}/inner/worker`, 'pod-1/busy'],
    [`/system.slice/docker-${busyId}.scope`, 'pod-1/busy'],
    ['/', null],
    ['/user.slice/session-1.scope', null],
  ])('finds whose the cgroup %s is', async (cgroup, container) => {
    const { processes } = await listOf([{ ...busy, cgroup_path: cgroup }]);
    expect(processes).toMatchObject([{ container }]);
  });

  it.each([
    ['no pid', { pid: 'one' }],
    ['the pid 0', { pid: 0 }],
    ['a fraction of a parent', { parent_pid: 1.5 }],
    ['no command', { cmd: '' }],
    ['no cgroup', { cgroup_path: 7 }],
  ])('drops and counts a row with %s', async (_sentence, members) => {
    const drops = new RowDrops();
    expect(await listOf([{ ...busy, ...members }], drops)).toEqual({ processes: [], dropped: 1 });
    expect(drops.count('malformed')).toBe(1);
  });

  it('says what is not known, and nothing that makes no sense', async () => {
    const odd = { percent_cpu: -1, running_time: '1 h', rss: -5, virtual_size: 1e300, user: null, cmd: 'a\u001b[2J' };
    const { processes } = await listOf([{ ...busy, ...odd }]);
    const nothing = { cpuCores: null, cpuSeconds: null, rssBytes: null, virtualBytes: null };
    expect(processes).toMatchObject([{ ...nothing, user: '', command: 'a [2J' }]);
  });

  it('keeps the largest of too many, each pid once', async () => {
    const drops = new RowDrops();
    const rows = Array.from({ length: limits.processesPerList + 1 }, (_, index) => ({
      ...busy,
      pid: index + 1,
      rss: index,
    }));
    const { processes, dropped } = await listOf([...rows, rows[7]], drops);
    expect([processes.length, processes[0]?.pid, dropped]).toEqual([limits.processesPerList, 2, 2]);
    expect([drops.count('too_many'), drops.count('duplicate')]).toEqual([1, 1]);
  });

  it('makes a list that is taken of whatever is answered', async () => {
    const words = fc.string({ unit: 'binary', maxLength: 1000 });
    const row = fc.record({
      pid: fc.oneof(fc.integer(), words),
      parent_pid: fc.nat(),
      cmd: words,
      user: words,
      rss: fc.double(),
      percent_cpu: fc.double(),
      running_time: words,
      cgroup_path: fc.oneof(fc.constant('/'), words),
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.array(row), fc.jsonValue()), async (page) => {
        const list = await listOf(page);
        expect(processListSchema.parse(JSON.parse(JSON.stringify(list)))).toEqual(JSON.parse(JSON.stringify(list)));
      }),
    );
  });

  it('never makes a list of more bytes than are taken', async () => {
    const rows = Array.from({ length: limits.processesPerList }, (_, index) => ({
      ...busy,
      pid: index + 1,
      cmd: '漢'.repeat(limits.processCommandLength),
    }));
    const bytes = Buffer.byteLength(JSON.stringify(await listOf(rows)));
    expect(bytes).toBeLessThanOrEqual(limits.processListBytes);
    expect(bytes).toBeGreaterThan(limits.processListBytes - 2000);
  });
});
