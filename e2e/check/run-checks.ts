import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { CHECKOUT } from '../cluster/paths.ts';
import { CommandError, run } from '../cluster/process.ts';
import type { Tally } from '../test/tally.ts';
import { checks } from './checks.ts';

const timeoutMs = 10 * 60_000;

/** Runs every check in turn, prints each with its time, and what it found wrong. */
export async function runChecks(): Promise<Tally> {
  let passed = 0;
  let failed = 0;
  for (const check of checks) {
    const startedMs = performance.now();
    const found = await findings(join(CHECKOUT, 'node_modules/.bin', check.command), check.args);
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    console.log(`${found === undefined ? 'ok  ' : 'FAIL'} ${check.name} (${seconds} s)`);
    if (found === undefined) passed += 1;
    else {
      failed += 1;
      console.log(found);
    }
  }
  return { passed, failed };
}

async function findings(command: string, args: readonly string[]): Promise<string | undefined> {
  try {
    await run(command, args, { cwd: CHECKOUT, timeoutMs });
    return undefined;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return error.message;
  }
}
