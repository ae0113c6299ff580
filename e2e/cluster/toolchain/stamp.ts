import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Recipe } from './recipes.ts';

/** Flags of every build: static, without paths of this machine. */
export const BUILD_FLAGS = ['-trimpath', '-buildvcs=false'];

/** The linker's flags of a recipe: no symbol tables, and its variables. */
export function linkerFlags(variables: Readonly<Record<string, string>>): string {
  return ['-s', '-w', ...Object.entries(variables).map(([name, value]) => `-X ${name}=${value}`)].join(' ');
}

/** Sixteen hex digits that change with anything that the binaries are made of: sources, versions, flags, machine kind. */
export function stampOf(recipe: Recipe, arch: string = process.arch): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([recipe.packages, linkerFlags(recipe.variables), BUILD_FLAGS, arch]));
  for (const name of readdirSync(recipe.moduleDir).sort()) {
    if (!isSource(name)) continue;
    hash.update(`\0${name}\0`).update(readFileSync(join(recipe.moduleDir, name)));
  }
  return hash.digest('hex').slice(0, 16);
}

function isSource(name: string): boolean {
  return name === 'go.mod' || name === 'go.sum' || (name.endsWith('.go') && !name.endsWith('_test.go'));
}
