import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { CHECKOUT } from '../cluster/paths.ts';
import { cluster, kubectl, untilAllReport } from './support/system.ts';
import { until } from './support/until.ts';

const execute = promisify(execFile);
const operator = join(CHECKOUT, 'operator');
const canary = 'canary-5f1e0c';
let folder: string;

interface Ended {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

const failure = z.object({ code: z.number(), stdout: z.string(), stderr: z.string() });

/** As a user's shell has it. */
function environment(): NodeJS.ProcessEnv {
  const { binaries, kubeconfig } = cluster();
  const places = [folder, binaries['kubernetes'], dirname(process.execPath), process.env['PATH']];
  return { ...process.env, KUBECONFIG: kubeconfig, PATH: places.join(delimiter) };
}

/** Runs it as users do: by kubectl, which finds it in the PATH. */
async function docksnap(...args: string[]): Promise<Ended> {
  const options = { timeout: 120_000, cwd: folder, env: environment() };
  try {
    const { stdout, stderr } = await execute('kubectl', ['docksnap', ...args], options);
    return { code: 0, output: stdout, errors: stderr };
  } catch (error) {
    const { code, stdout, stderr } = failure.parse(error);
    return { code, output: stdout, errors: stderr };
  }
}

beforeAll(async () => {
  await untilAllReport();
  folder = mkdtempSync(join(tmpdir(), 'docksnap-plugin-'));
  await execute('npm', ['run', 'build:plugin'], { cwd: operator });
  copyFileSync(join(operator, 'dist/kubectl-docksnap'), join(folder, 'kubectl-docksnap'));
}, 300_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const statusSchema = z.object({
  monitors: z.array(
    z.object({
      name: z.string(),
      namespace: z.string(),
      ready: z.string(),
      nodes: z.array(
        z.object({ name: z.string(), reporting: z.boolean(), ageSeconds: z.number(), backlogTicks: z.int() }),
      ),
    }),
  ),
});

describe('kubectl docksnap', () => {
  it('status names every node, how old its data is, and what waits there', async () => {
    const { code, output, errors } = await docksnap('status', '-n', 'docksnap', '-o', 'json');
    expect([code, errors]).toEqual([0, '']);
    const [monitor] = statusSchema.parse(JSON.parse(output)).monitors;
    expect(monitor).toMatchObject({ name: 'docksnap', namespace: 'docksnap', ready: 'True' });
    expect(monitor?.nodes.map(({ name, reporting }) => [name, reporting])).toEqual([
      ['node1', true],
      ['node2', true],
    ]);
  });

  it('diagnose goes the whole way', async () => {
    const { code, output } = await docksnap('diagnose', 'node1', '-n', 'docksnap');
    expect([code, output]).toEqual([0, expect.stringMatching(/^ok {4}the API server answers\n(?:ok {4}.+\n){10}$/)]);
  });

  it('diagnose names the first thing that fails, and ends with 1', async () => {
    const younger = {
      apiVersion: 'docksnap.io/v1',
      kind: 'DockSnapMonitor',
      metadata: { name: 'younger', namespace: 'docksnap' },
      spec: { agent: { nodeSelector: { 'docksnap.io/nobody': 'has-this' } } },
    };
    await cluster().kubectl(['apply', '-f', '-'], { input: JSON.stringify(younger) });
    try {
      const { code, output } = await docksnap('status', '-n', 'docksnap');
      expect([code, output]).toEqual([1, expect.stringContaining('docksnap/younger: not ready')]);
    } finally {
      await kubectl('delete', 'dsm', 'younger', '-n', 'docksnap');
    }
  });

  it('support-bundle holds what helps, and no secret', async () => {
    const [pod] = (
      await kubectl('get', 'pods', '-n', 'docksnap', '-l', 'app.kubernetes.io/component=agent', '-o', 'name')
    ).split('\n');
    await kubectl('annotate', '-n', 'docksnap', pod ?? '', `example.com/note=${canary}`);
    await kubectl('create', 'secret', 'generic', 'canary', '-n', 'docksnap', `--from-literal=password=${canary}`);
    await kubectl('create', 'configmap', 'canary', '-n', 'docksnap', `--from-literal=uri=mongodb://x:${canary}@y`);
    try {
      const { code } = await docksnap('support-bundle', '-n', 'docksnap', '-f', 'bundle.tar.gz');
      expect(code).toBe(0);
    } finally {
      await kubectl('delete', 'secret,configmap', 'canary', '-n', 'docksnap');
      await kubectl('annotate', '-n', 'docksnap', pod ?? '', 'example.com/note-');
    }
    await execute('tar', ['-xzf', 'bundle.tar.gz'], { cwd: folder });
    const text = (
      await execute('sh', ['-c', 'cat docksnap-support/*.json docksnap-support/logs/*'], {
        cwd: folder,
        maxBuffer: 1e9,
      })
    ).stdout;
    expect(readFileSync(join(folder, 'docksnap-support/monitors.json'), 'utf8')).toContain('"DockSnapMonitor"');
    expect(text).toContain('docksnap-operator');
    const password = await kubectl(
      'get',
      'secret',
      'docksnap-admin',
      '-n',
      'docksnap',
      '-o',
      'jsonpath={.data.password}',
    );
    expect(password.length).toBeGreaterThan(8);
    for (const secret of [canary, password, Buffer.from(password, 'base64').toString()])
      expect(text).not.toContain(secret);
  }, 120_000);

  it('open leads to the console, in the browser that the machine opens, until it is told to end', async () => {
    const seen = join(folder, 'opened');
    writeFileSync(join(folder, 'xdg-open'), `#!/bin/sh\necho "$1" > ${seen}\n`, { mode: 0o755 });
    const program = [join(folder, 'kubectl-docksnap'), 'open', '-n', 'docksnap'];
    const child = spawn(process.execPath, program, { env: environment(), stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    try {
      const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
      const [origin = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
      const page = await fetch(origin);
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<title>DockSnap')]);
      await until('the browser to be told', 10_000, () =>
        Promise.resolve(existsSync(seen) && readFileSync(seen, 'utf8').trim() === origin),
      );
    } finally {
      child.kill('SIGTERM');
    }
    expect(await ended).toEqual([0, null]);
  }, 60_000);

  it('open says that there is no kubectl, and ends', async () => {
    const env = { ...process.env, PATH: folder };
    const program = [join(folder, 'kubectl-docksnap'), 'open', '-n', 'docksnap', '--no-browser'];
    const ended = await execute(process.execPath, program, { env, timeout: 30_000 }).catch((error: unknown) =>
      failure.parse(error),
    );
    expect(ended).toMatchObject({ code: 3, stderr: expect.stringContaining('kubectl is not in the PATH') });
    expect(ended.stderr).not.toMatch(/\n\s+at /);
  });

  it('completes words in bash, and in kubectl itself', async () => {
    const options = { env: environment(), timeout: 30_000 };
    const words = 'COMP_WORDS=(kubectl-docksnap st) COMP_CWORD=1; _kubectl_docksnap; echo "${COMPREPLY[@]}"';
    const script = `source <(kubectl-docksnap completion bash); ${words}`;
    expect((await execute('bash', ['-c', script], options)).stdout).toBe('status\n');
    const own = '#!/bin/sh\nexec kubectl-docksnap __complete "$@"\n';
    writeFileSync(join(folder, 'kubectl_complete-docksnap'), own, { mode: 0o755 });
    const { stdout } = await execute('kubectl', ['__complete', 'docksnap', 'support-bundle', '--f'], options);
    expect(stdout.split('\n')).toContain('--file');
  });

  it.each([
    ['a command that there is not', ['stats'], 2],
    ['a cluster that there is not', ['status', '--context', 'nowhere'], 3],
  ])('ends with a code of its own for %s', async (_what, args, code) => {
    const ended = await docksnap(...args);
    expect([ended.code, ended.output]).toEqual([code, '']);
    expect(ended.errors).not.toMatch(/\n\s+at /);
  });
});
