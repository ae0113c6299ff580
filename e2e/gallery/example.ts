import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { CHECKOUT } from '../cluster/paths.ts';
import { ensureTrialDatabase } from '../cluster/toolchain/trial-database.ts';

const startMs = 180_000;
const readySchema = z.object({ url: z.string(), password: z.string(), nowMs: z.number() });

/** The API with the example fleet in it, and with the console's build. Its clock stands at `nowMs`. */
export interface Example extends z.infer<typeof readySchema> {
  stop(): Promise<void>;
}

/** Starts it as a process of its own. Throws when it does not answer within three minutes. */
export async function startExample(): Promise<Example> {
  const child = spawn(
    process.execPath,
    [
      '--import',
      join(CHECKOUT, 'e2e/gallery/decorators.mjs'),
      join(CHECKOUT, 'api/src/testing/example-fleet/serve.ts'),
      join(CHECKOUT, 'console/dist/browser'),
    ],
    {
      env: { ...process.env, DOCKSNAP_TRIAL_DATABASE_BIN: await ensureTrialDatabase() },
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  return { ...(await ready(child)), stop: async () => stop(child) };
}

async function ready(child: ChildProcess): Promise<z.infer<typeof readySchema>> {
  if (child.stdout === null) throw new Error('the example API has no standard output');
  const lines = createInterface({ input: child.stdout });
  const started = once(lines, 'line', { signal: AbortSignal.timeout(startMs) });
  const ended = once(child, 'exit').then(() => {
    throw new Error('the example API ended before it could be asked; its words are above');
  });
  const line = z.tuple([z.string()]).parse(await Promise.race([started, ended]))[0];
  return readySchema.parse(JSON.parse(line));
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.stdin?.end();
  await ended;
}
