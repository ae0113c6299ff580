import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readLayout } from './cgroups/tree.ts';
import { clusterGroups } from './cgroups/layout.ts';
import { Cluster } from './handle.ts';
import { CHECKOUT, clusterId, stateDir } from './paths.ts';
import { identify } from './proc.ts';
import { run } from './process.ts';
import { until } from './start/wait.ts';
import { runningCluster } from './supervisor/launch.ts';

/** A bare cluster of its own, beside the one that the other tests use. */
const env = { ...process.env, DOCKSNAP_CLUSTER: 'life' };
const dir = stateDir(env);
const id = clusterId(env);
const MINUTE = 60_000;

const launcher = (command: string, ...args: string[]): Promise<string> =>
  run(process.execPath, [join(CHECKOUT, 'e2e/cluster/main.ts'), command, ...args], { env, timeoutMs: 2 * MINUTE });

const kubectl = (...args: string[]): Promise<string> => new Cluster(dir).kubectl(args);

/** What a cluster could leave on this machine outside its state folder. */
async function traces(): Promise<string[]> {
  const links = (await run('ip', ['-oneline', 'link']))
    .split('\n')
    .map((line) => `interface ${line.split(':')[1] ?? ''}`);
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => `mount ${line.split(' ')[4] ?? ''}`);
  const rules = (await run('iptables-save', [])).split('\n').filter((line) => line.startsWith('-A'));
  return [...links, ...mounts, ...rules].sort();
}

/** Processes that belong to this test's cluster: those in the namespaces of a node, or with its state in their command. */
async function processes(): Promise<string[]> {
  const lines = (await run('ps', ['-eo', 'pid,args'])).split('\n');
  const groups = clusterGroups(readLayout(), id).flatMap((group) =>
    ['node1', 'node2'].map((node) => join(group, node, 'cgroup.procs')),
  );
  const inGroups = groups
    .filter((path) => existsSync(path))
    .flatMap((path) => readFileSync(path, 'utf8').trim().split('\n'));
  return [...lines.filter((line) => line.includes(dir)), ...inGroups.filter((pid) => pid !== '')];
}

let before: string[];
beforeAll(async () => {
  await launcher('stop', '--wipe');
  before = await traces();
}, MINUTE);
afterAll(async () => {
  await launcher('stop', '--wipe');
}, MINUTE);

describe('the life of a cluster', () => {
  it(
    'starts with two nodes that are Ready',
    async () => {
      await launcher('start', '--nodes-only');
      expect((await kubectl('get', 'nodes', '--output=name')).trim().split('\n')).toEqual(['node/node1', 'node/node2']);
    },
    2 * MINUTE,
  );

  it('touches nothing of the machine’s own network and mounts while it runs', async () => {
    expect(await traces()).toEqual(before);
  });

  it(
    'keeps what is in it over a stop and a start',
    async () => {
      await kubectl('create', 'configmap', 'kept', '--from-literal=word=yes');
      await launcher('stop');
      expect(await processes()).toEqual([]);
      await launcher('start', '--nodes-only');
      expect(await kubectl('get', 'configmap', 'kept', '--output=jsonpath={.data.word}')).toBe('yes');
    },
    2 * MINUTE,
  );

  it(
    'loses one node when its power is cut, and gets it back',
    async () => {
      const cluster = new Cluster(dir);
      await cluster.powerOff('node2');
      expect(cluster.initPid('node2')).toBeUndefined();
      expect(cluster.initPid('node1')).toBeDefined();
      await cluster.powerOn('node2');
      expect((await cluster.inNode('node2', ['hostname'])).trim()).toBe('node2');
    },
    MINUTE,
  );

  it('starts a node again whose processes all died at once', async () => {
    const cluster = new Cluster(dir);
    const died = cluster.initPid('node2');
    expect(died).toBeDefined();
    await run('kill', ['-KILL', String(died)]);
    await until({ complaint: 'node2 did not come back', timeoutMs: 15_000 }, async () => {
      const now = cluster.initPid('node2');
      if (now === undefined || now === died) return 'it is off';
      await cluster.inNode('node2', ['ip', 'route', 'get', '10.88.0.1']);
      return undefined;
    });
    expect(runningCluster(dir)).toBeDefined();
  }, 30_000);

  it(
    'is gone within a second when its supervisor is killed, and the next start recovers',
    async () => {
      const supervisor = runningCluster(dir)?.supervisor.pid;
      expect(supervisor).toBeDefined();
      await run('kill', ['-KILL', String(supervisor)]);
      await sleep(1_000);
      expect(await processes()).toEqual([]);
      expect(await traces()).toEqual(before);
      await launcher('start', '--nodes-only');
      expect(await kubectl('get', 'configmap', 'kept', '--output=jsonpath={.data.word}')).toBe('yes');
    },
    2 * MINUTE,
  );

  it.each(['SIGINT', 'SIGKILL'] as const)(
    'recovers from a start that %s ended half-way',
    async (signal) => {
      await launcher('stop', '--wipe');
      const child = spawn(process.execPath, [join(CHECKOUT, 'e2e/cluster/main.ts'), 'start', '--nodes-only'], {
        env,
        stdio: 'ignore',
      });
      await sleep(1_500);
      expect(identify(child.pid ?? 0)).toBeDefined();
      child.kill(signal);
      await once(child, 'exit');
      await launcher('start', '--nodes-only');
      expect(await kubectl('get', '--raw', '/readyz')).toBe('ok');
    },
    2 * MINUTE,
  );

  it(
    'leaves no process, mount, interface, iptables rule or cgroup behind when it is stopped',
    async () => {
      await launcher('stop');
      expect(await processes()).toEqual([]);
      expect(await traces()).toEqual(before);
      expect(clusterGroups(readLayout(), id).filter((group) => existsSync(group))).toEqual([]);
    },
    MINUTE,
  );
});
