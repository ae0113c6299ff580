import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Certificate } from './testing/certificates.ts';
import { selfSigned } from './testing/certificates.ts';
import type { KubeletServer } from './testing/kubelet-server.ts';
import { startKubelet } from './testing/kubelet-server.ts';
import { cadvisorPage, pagesMs, podsPage, resourcePage, shifted } from './testing/pages.ts';
import { RecordingApi } from './testing/recording-api.ts';

jest.setTimeout(60_000);

let certificate: Certificate;
let kubelet: KubeletServer;
let api: RecordingApi;
let apiUrl: URL;
let directory: string;
let children: ChildProcess[];

beforeAll(() => {
  certificate = selfSigned('node-1');
});

beforeEach(async () => {
  kubelet = await startKubelet(certificate, (page) => {
    const sinceMs = Date.now() - pagesMs;
    if (page === '/pods') return { body: podsPage };
    return { body: shifted(page === '/metrics/resource' ? resourcePage : cadvisorPage, sinceMs) };
  });
  directory = await mkdtemp(path.join(tmpdir(), 'docksnap-main-'));
  api = new RecordingApi();
  apiUrl = await api.start();
  children = [];
});

afterEach(async () => {
  for (const child of children) if (child.exitCode === null && child.signalCode === null) await end(child, 'SIGKILL');
  await kubelet.close();
  await api.stop();
  await rm(directory, { recursive: true });
});

/** The agent as its image runs it, from its sources, with a tick each second. */
function start(environment: Record<string, string> = {}): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'main.ts')], {
    env: {
      DOCKSNAP_NODE_NAME: 'node-1',
      DOCKSNAP_KUBELET_URL: kubelet.url.href,
      DOCKSNAP_API_URL: apiUrl.href,
      DOCKSNAP_SPOOL_DIR: directory,
      DOCKSNAP_SCRAPE_INTERVAL_SECONDS: '1',
      DOCKSNAP_LISTEN: '127.0.0.1:0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  children.push(child);
  return { child, output: () => output };
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
  return child.exitCode;
}

async function until(isTrue: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 2000; tries++) {
    if (isTrue()) return;
    await sleep(10);
  }
  throw new Error(`not within 20 s: ${what}`);
}

const scrapes = (): number => kubelet.requests.filter(({ path: page }) => page === '/metrics/resource').length;

const epochs = (): string[] => [...new Set([...api.blocks.values()].map(({ epoch }) => epoch))];

describe('the agent as a process', () => {
  it('loses at most the tick in its hands when it is killed, and nothing that was acknowledged', async () => {
    const kills = 3;
    for (let kill = 0; kill < kills; kill++) {
      const before = api.blocks.size;
      const { child } = start();
      await until(() => api.blocks.size >= before + 2, 'two ticks');
      // Some die with a backlog.
      if (kill === 1) api.script = () => ({ status: 503 });
      await sleep(700 * kill);
      await end(child, 'SIGKILL');
      api.script = () => undefined;
    }
    const { child } = start();
    const last = api.blocks.size;
    await until(() => api.blocks.size > last + 1 && api.report?.backlogTicks === 0, 'the backlog is sent');
    await end(child, 'SIGTERM');
    expect(epochs()).toHaveLength(kills + 1);
    for (const epoch of epochs()) {
      const seqs = api.seqs(epoch);
      expect(seqs).toEqual(seqs.map((_seq, index) => index + 1));
    }
    expect(scrapes() - api.blocks.size).toBeLessThanOrEqual(kills);
  });

  it('finishes its tick, sends it and exits with 0 at SIGTERM', async () => {
    const { child } = start();
    await until(() => api.blocks.size >= 1, 'a tick');
    expect(await end(child, 'SIGTERM')).toBe(0);
    expect(api.blocks.size).toBe(scrapes());
  });

  it('exits within 10 s though the API does not answer, and the next one sends what is spooled', async () => {
    api.script = () => ({ status: 0, silent: true });
    const { child } = start();
    await until(() => api.pushes.length > 0, 'a push');
    const started = performance.now();
    expect(await end(child, 'SIGTERM')).toBe(0);
    expect(performance.now() - started).toBeLessThan(10_000);
    api.script = () => undefined;
    start();
    await until(() => epochs().length === 2 && api.report?.backlogTicks === 0, 'what was spooled');
  });

  it('says in one line why it cannot start', async () => {
    const { child, output } = start({ DOCKSNAP_CADVISOR_EVERY: '0' });
    await once(child, 'exit');
    expect(child.exitCode).toBe(1);
    expect(JSON.parse(output())).toMatchObject({
      level: 'error',
      message: 'DOCKSNAP_CADVISOR_EVERY is "0"; allowed is a whole number from 1 to 60',
    });
  });

  it('logs JSON lines, its tokens never, though it is refused and logs everything', async () => {
    const tokenFile = path.join(directory, 'token');
    await writeFile(tokenFile, 'canary-of-a-token');
    let refusals = 2;
    api.script = () => (refusals-- > 0 ? { status: 401 } : undefined);
    const { child, output } = start({
      DOCKSNAP_LOG_LEVEL: 'debug',
      DOCKSNAP_INGEST_TOKEN_FILE: tokenFile,
      DOCKSNAP_KUBELET_TOKEN_FILE: tokenFile,
    });
    await until(() => api.blocks.size >= 1, 'a tick');
    await end(child, 'SIGTERM');
    const levels = output()
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(levels).toContainEqual(expect.objectContaining({ level: 'warn', reason: 'CredentialsRejected' }));
    expect(api.pushes[0]?.headers.authorization).toBe('Bearer canary-of-a-token');
    expect(output()).not.toContain('canary');
  });
});
