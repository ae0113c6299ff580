import { expect, it } from '@jest/globals';
import { run } from '../process.ts';
import { findGo } from './go.ts';
import { recipes } from './recipes.ts';

const TIMEOUT_MS = 10 * 60_000;

it(
  'the trial database passes its own tests, which are in Go',
  async () => {
    const go = await findGo();
    const env = { ...process.env, ...go.env };
    const output = await run(go.command, ['test', './...'], {
      cwd: recipes.trialDatabase.moduleDir,
      env,
      timeoutMs: TIMEOUT_MS,
    });
    expect(output).toMatch(/^ok\s+docksnap\.io\/trial-database/m);
  },
  TIMEOUT_MS,
);
