import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECKOUT } from '../cluster/paths.ts';
import { tallyOf } from './jest-results.ts';
import type { Tally } from './tally.ts';

export interface JestRun {
  /** `unit` needs no cluster; `cluster` runs the `*.cluster.spec.ts` in the running one, a file at a time. */
  readonly phase: 'unit' | 'cluster';
  readonly env: Readonly<Record<string, string>>;
  /** More arguments for jest: patterns of files, -t NAME. */
  readonly args: readonly string[];
  readonly timeoutMs: number;
}

/** Runs jest with its output shown as it comes. A run that takes too long is ended and counts as a failure. */
export async function runJest({ phase, env, args, timeoutMs }: JestRun): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), 'docksnap-jest-'));
  const results = join(folder, 'results.json');
  try {
    const child = spawn(
      process.execPath,
      [
        '--experimental-vm-modules',
        '--disable-warning=ExperimentalWarning',
        join(CHECKOUT, 'node_modules/jest/bin/jest.js'),
        ...(phase === 'cluster' ? ['--runInBand'] : ['--maxWorkers=2']),
        // Machines are slow at times: a test fails by what it finds, and by this only when it hangs.
        '--testTimeout=60000',
        // A suite that fails may leave its servers behind; the run must end all the same.
        '--forceExit',
        '--json',
        `--outputFile=${results}`,
        ...args,
      ],
      {
        cwd: CHECKOUT,
        // Jest's own JSON goes to standard output as well: only the file is wanted.
        stdio: ['ignore', 'ignore', 'inherit'],
        timeout: timeoutMs,
        env: { ...process.env, ...env, DOCKSNAP_PHASE: phase },
      },
    );
    await once(child, 'close');
    return await readFile(results, 'utf8').then(tallyOf, () => ({ passed: 0, failed: 1 }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
