import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { CHECKOUT, cacheDir } from '../../cluster/paths.ts';
import { CommandError, run } from '../../cluster/process.ts';
import { namesOf, type Architecture } from './architecture.ts';

const lockSchema = z.object({
  packages: z.record(z.string(), z.looseObject({ version: z.string().optional(), integrity: z.string().optional() })),
});
const FETCH_TIMEOUT_MS = 5 * 60_000;

/**
 * Node for a kind of machine: the npm package that the lockfile names, fetched once and checked by the lockfile's hash.
 * @returns the path of the binary.
 * @throws {CommandError} when the registry gives other bytes than the lockfile knows
 */
export async function ensureNodeBinary(architecture: Architecture): Promise<string> {
  const name = `node-linux-${namesOf[architecture].node}`;
  const lock = lockSchema.parse(JSON.parse(readFileSync(join(CHECKOUT, 'package-lock.json'), 'utf8')));
  const { version, integrity } = lock.packages[`node_modules/${name}`] ?? {};
  if (version === undefined || integrity === undefined)
    throw new Error(`package-lock.json does not name ${name}: install it as an optional dependency`);
  const target = join(cacheDir(), `${name}-${version}`);
  const binary = join(target, 'package/bin/node');
  if (existsSync(binary)) return binary;

  const partial = `${target}.${process.pid}`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  const file = (
    await run('npm', ['pack', '--silent', `${name}@${version}`], { cwd: partial, timeoutMs: FETCH_TIMEOUT_MS })
  ).trim();
  if (!isIntact(readFileSync(join(partial, file)), integrity))
    throw new CommandError(
      `${name}@${version} from the npm registry is not what package-lock.json knows (${integrity})`,
    );
  await run('tar', ['-xzf', file, 'package/bin/node'], { cwd: partial });
  rmSync(join(partial, file));
  mkdirSync(dirname(target), { recursive: true });
  if (existsSync(target)) rmSync(partial, { recursive: true });
  else renameSync(partial, target);
  return binary;
}

/** Whether bytes have the hash of an integrity such as `sha512-…` (https://www.w3.org/TR/SRI). */
export function isIntact(bytes: Uint8Array, integrity: string): boolean {
  const [algorithm = '', digest = ''] = integrity.split('-', 2);
  return createHash(algorithm).update(bytes).digest('base64') === digest;
}
