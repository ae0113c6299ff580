import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { withLock } from '../lock.ts';
import { cacheDir } from '../paths.ts';
import { run } from '../process.ts';
import { findGo } from './go.ts';
import type { Recipe } from './recipes.ts';
import { BUILD_FLAGS, linkerFlags, stampOf } from './stamp.ts';

const BUILD_TIMEOUT_MS = 60 * 60_000;

/** The folder with a recipe's binaries for this kind of machine or another, whether it is there yet or not. */
export function binariesOf(recipe: Recipe, arch: string = process.arch): string {
  return join(cacheDir(), 'bin', `${recipe.name}-${stampOf(recipe, arch)}`);
}

/** Whether the recipe has been built on this machine. */
export function isBuilt(recipe: Recipe): boolean {
  return existsSync(binariesOf(recipe));
}

/**
 * Builds a recipe unless it is built already, for `arch` in Node's words; one process at a time does, the others wait for it.
 * @returns the folder with its binaries.
 * @throws {CommandError} with the compiler's words; what is half built is never seen by others.
 */
export async function ensureBuilt(recipe: Recipe, arch: string = process.arch): Promise<string> {
  const target = binariesOf(recipe, arch);
  if (existsSync(target)) return target;
  await withLock(`build/${basename(target)}`, { timeoutMs: BUILD_TIMEOUT_MS }, async () => {
    if (existsSync(target)) return;
    // One of its own: a killed launcher may have left a compiler that still writes into another.
    const partials = join(cacheDir(), 'partial', recipe.name);
    rmSync(partials, { recursive: true, force: true });
    const partial = join(partials, String(process.pid));
    mkdirSync(partial, { recursive: true });
    await compile(recipe, arch, partial);
    mkdirSync(dirname(target), { recursive: true });
    renameSync(partial, target);
  });
  return target;
}

async function compile(recipe: Recipe, arch: string, target: string): Promise<void> {
  const go = await findGo();
  const flags = [...BUILD_FLAGS, '-ldflags', linkerFlags(recipe.variables)];
  await run(go.command, ['build', ...flags, '-o', `${target}/`, ...recipe.packages], {
    cwd: recipe.moduleDir,
    env: {
      ...process.env,
      ...go.env,
      CGO_ENABLED: '0',
      GOARCH: arch === 'x64' ? 'amd64' : arch,
      GOFLAGS: '-mod=readonly',
    },
    timeoutMs: BUILD_TIMEOUT_MS,
  });
}
