import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openCluster } from '../cluster/handle.ts';
import { CHECKOUT } from '../cluster/paths.ts';
import { ensureTrialDatabase } from '../cluster/toolchain/trial-database.ts';
import { ensureChromium } from './chromium.ts';
import { runJest } from './run-jest.ts';
import { ensureSecondDatabase } from './second-database/second-database.ts';
import type { Tally } from './tally.ts';

/** A part of `npm test` after the checks, in the order in which they run. */
export interface Phase {
  readonly name: 'unit' | 'portability' | 'cluster';
  /** @param args more arguments for jest */
  run(args: readonly string[]): Promise<Tally>;
}

const minute = 60_000;
/** What puts documents into the database and lives without a disk below it: the second server has none. */
const repositories = ['store', 'parts', 'rosters', 'replicas', 'retention', 'tiers'].map((name) => `api/src/${name}/`);
const failed: Tally = { passed: 0, failed: 1 };

export const phases: readonly Phase[] = [
  {
    name: 'unit',
    async run(args) {
      const database = await ensureTrialDatabase();
      return runJest({ phase: 'unit', env: { DOCKSNAP_TRIAL_DATABASE_BIN: database }, args, timeoutMs: 15 * minute });
    },
  },
  {
    name: 'portability',
    async run(args) {
      const database = await ensureSecondDatabase();
      const env = { DOCKSNAP_TRIAL_DATABASE_BIN: database };
      return runJest({ phase: 'unit', env, args: args.length > 0 ? args : repositories, timeoutMs: 15 * minute });
    },
  },
  {
    name: 'cluster',
    async run(args) {
      await ensureChromium();
      if (!(await start())) return failed;
      const { kubeconfig } = openCluster();
      return runJest({ phase: 'cluster', env: { KUBECONFIG: kubeconfig }, args, timeoutMs: 45 * minute });
    },
  },
];

/** Brings the cluster up as `npm start` does; whether it came up. */
async function start(): Promise<boolean> {
  const main = join(CHECKOUT, 'e2e/cluster/main.ts');
  const child = spawn(process.execPath, [main, 'start'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: 45 * minute,
  });
  await once(child, 'close');
  return child.exitCode === 0;
}
