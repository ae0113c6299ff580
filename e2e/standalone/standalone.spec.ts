import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { containerListSchema, type ContainerSummary, nodeListSchema, seriesAnswerSchema } from '@docksnap/contract';
import { CHECKOUT } from '../cluster/paths.ts';
import { run } from '../cluster/process.ts';
import { ApiClient } from '../system/support/api-client.ts';
import { until } from '../system/support/until.ts';
import { DockerEngine } from './docker-engine.ts';

jest.setTimeout(300_000);

const shownMs = 90_000;
const env = { ...process.env, DOCKSNAP_CLUSTER: 'standalone-test' };

let folder: string;
let engine: DockerEngine;
let api: ApiClient;

async function standalone(...args: readonly string[]): Promise<string> {
  const main = join(CHECKOUT, 'e2e/standalone/main.ts');
  return run(process.execPath, [main, ...args], {
    env: { ...env, DOCKSNAP_DOCKER_SOCKET: engine.socket },
    timeoutMs: 280_000,
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ds-'));
  engine = await DockerEngine.start(folder);
  await engine.runScript(
    'full',
    'busybox dd if=/dev/zero of=/dev/shm/x bs=1M count=48; busybox sleep 1d',
    '--memory=128m',
  );
  await engine.runScript('busy', 'while :; do :; done', '--cpus=0.2', '--label=com.docker.compose.project=shop');
  for (let number = 1; number <= 8; number++) await engine.runScript(`idle-${number}`, 'busybox sleep 1d');
  const said = await standalone('start');
  const [, origin = ''] = /Console +(\S+)/.exec(said) ?? [];
  const [, password = ''] = /Password +cat (\S+)/.exec(said) ?? [];
  api = new ApiClient(origin);
  expect(await api.login('admin', await readFile(password, 'utf8'))).toBe(204);
});

afterAll(async () => {
  await standalone('stop', '--wipe');
  await engine.stop();
  await rm(folder, { recursive: true });
});

async function shown(): Promise<readonly ContainerSummary[]> {
  const { items } = await api.get('/api/v1/containers?namespace=_docker&limit=100', containerListSchema);
  return items;
}

/** Waits until a container is shown as a question asks. */
async function seen(name: string, isSo: (container: ContainerSummary) => boolean): Promise<ContainerSummary> {
  return until(`${name} is shown`, shownMs, async () => (await shown()).find((one) => one.name === name && isSo(one)));
}

/** Cumulative CPU of a container in its cgroup, in seconds (cgroup v1, else v2). */
async function cgroupCpuSeconds(id: string): Promise<number> {
  const v1 = await readFile(`/sys/fs/cgroup/cpuacct/docker/${id}/cpuacct.usage`, 'utf8').catch(() => undefined);
  if (v1 !== undefined) return Number(v1) / 1e9;
  const v2 = await readFile(`/sys/fs/cgroup/docker/${id}/cpu.stat`, 'utf8');
  return Number(/usage_usec (\d+)/.exec(v2)?.[1]) / 1e6;
}

describe('DockSnap on a machine with Docker and without Kubernetes', () => {
  it('shows the machine, and every container by name, image, project and limit', async () => {
    await seen('idle-8', () => true);
    const { items } = await api.get('/api/v1/nodes', nodeListSchema);
    expect(items).toEqual([expect.objectContaining({ state: 'reporting', cluster: 'machines' })]);
    const containers = await shown();
    expect(containers).toHaveLength(10);
    expect(new Set(containers.map(({ image }) => image))).toEqual(new Set(['shop/busybox:1']));
    expect(await seen('full', () => true)).toMatchObject({ memoryLimitBytes: 128 * 1024 * 1024 });
    expect(await seen('busy', () => true)).toMatchObject({ workload: { kind: 'ComposeProject', name: 'shop' } });
  });

  it('agrees with docker stats on memory within 2 %', async () => {
    const { workingSetBytes } = await seen('full', (one) => (one.workingSetBytes ?? 0) > 48 * 1024 * 1024);
    const said = await engine.docker('stats', '--no-stream', '--format', '{{.MemUsage}}', 'full');
    const [, mebibytes] = /^([\d.]+)MiB/.exec(said) ?? [];
    expect(Math.abs((workingSetBytes ?? 0) / (Number(mebibytes) * 1024 * 1024) - 1)).toBeLessThan(0.02);
  });

  it('agrees with the cgroup on CPU within 5 % over a minute', async () => {
    const id = await engine.docker('inspect', '--format', '{{.Id}}', 'busy');
    const busy = await seen('busy', () => true);
    // At the edges of steps of ten seconds, so that the same time is compared.
    await sleep(10_000 - (Date.now() % 10_000));
    const [fromMs, fromSeconds] = [Date.now(), await cgroupCpuSeconds(id)];
    await sleep(60_000);
    const [toMs, toSeconds] = [Date.now(), await cgroupCpuSeconds(id)];
    const query = `container=${encodeURIComponent(busy.id)}&from=${fromMs}&to=${toMs}&stepSeconds=10&metrics=cpuCores`;
    const cores = await until('the minute is stored', shownMs, async () => {
      const { metrics } = await api.get(`/api/v1/series?${query}`, seriesAnswerSchema);
      const values = (metrics['cpuCores']?.values ?? []).filter((value) => value !== null);
      return values.length >= 6 && values.reduce((sum, value) => sum + value, 0) / values.length;
    });
    const wanted = ((toSeconds - fromSeconds) * 1000) / (toMs - fromMs);
    expect(Math.abs(cores / wanted - 1)).toBeLessThan(0.05);
  });

  it('follows starts, ends, new names and new limits', async () => {
    await engine.docker('kill', 'idle-1');
    await engine.docker('rename', 'idle-2', 'renamed');
    await engine.docker('update', '--memory=64m', '--memory-swap=64m', 'idle-3');
    await engine.runScript('late', 'busybox sleep 1d');
    await seen('late', ({ state }) => state === 'running');
    await seen('renamed', ({ state }) => state === 'running');
    await seen('idle-3', ({ memoryLimitBytes }) => memoryLimitBytes === 64 * 1024 * 1024);
    await until('idle-1 is no more shown as running', shownMs, async () =>
      (await shown()).every(({ name, state }) => name !== 'idle-1' || state !== 'running'),
    );
  });
});
