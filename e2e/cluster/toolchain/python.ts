import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withLock } from '../lock.ts';
import { cacheDir } from '../paths.ts';
import { CommandError, run } from '../process.ts';

const installMs = 15 * 60_000;

/**
 * A Python environment with the packages that a requirements.txt names, made on first use and cached by its content.
 * @returns its folder of programs.
 * @throws {CommandError} saying what to install where there is no python3 with venv.
 */
export async function ensurePython(requirements: string): Promise<string> {
  const stamp = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 16);
  const target = join(cacheDir(), 'python', stamp);
  const ready = join(target, 'ready');
  if (existsSync(ready)) return join(target, 'bin');
  await withLock(`python/${stamp}`, { timeoutMs: installMs }, async () => {
    if (existsSync(ready)) return;
    rmSync(target, { recursive: true, force: true });
    mkdirSync(dirname(target), { recursive: true });
    try {
      // Programs of an environment name its path: it is made where it stays.
      await run('python3', ['-m', 'venv', target], { timeoutMs: installMs });
      const pip = ['install', '--quiet', '--disable-pip-version-check', '--no-deps', '-r', requirements];
      await run(join(target, 'bin', 'pip'), pip, { timeoutMs: installMs });
    } catch (error) {
      const message =
        'the Python packages could not be installed: this needs python3 with venv (apt-get install python3-venv) and PyPI';
      throw new CommandError(message, { cause: error });
    }
    // Made at once or not at all: what was killed before is made anew.
    mkdirSync(ready);
  });
  return join(target, 'bin');
}
