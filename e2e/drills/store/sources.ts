import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CHECKOUT } from '../../cluster/paths.ts';

/** A program among the API's tests, run by Node from its source. Its folder for temporary files is the drill's own. */
export function startSource(file: string, args: readonly string[], folder: string): ChildProcess {
  const hook = join(CHECKOUT, 'e2e/gallery/decorators.mjs');
  const source = join(CHECKOUT, 'api/src/testing/drill', file);
  return spawn(process.execPath, ['--import', hook, source, ...args], {
    env: { ...process.env, TMPDIR: folder, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** The first line that a program prints, as JSON. Rejects when it ends before. */
export async function firstLine(child: ChildProcess, withinMs: number): Promise<unknown> {
  if (child.stdout === null) throw new Error('BUG: the program has no output');
  const lines = createInterface({ input: child.stdout });
  const signal = AbortSignal.timeout(withinMs);
  const line: unknown[] = await Promise.race([
    once(lines, 'line', { signal }),
    once(child, 'exit', { signal }).then(([code]) =>
      Promise.reject(new Error(`the program ended with ${String(code)}`)),
    ),
  ]);
  return JSON.parse(String(line[0]));
}
