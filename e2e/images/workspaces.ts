import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../cluster/paths.ts';
import { run } from '../cluster/process.ts';
import { contentTag } from './content.ts';

/** A workspace whose build the images hold. */
export interface Workspace {
  readonly name: string;
  /** Measured, with other work beside. */
  readonly expectedSeconds: number;
}

export const workspaces: readonly Workspace[] = [
  { name: 'agent', expectedSeconds: 2 },
  { name: 'operator', expectedSeconds: 3 },
  { name: 'api', expectedSeconds: 5 },
  { name: 'console', expectedSeconds: 30 },
];

const BUILD_TIMEOUT_MS = 5 * 60_000;
const NOT_SOURCE = /\/(?:node_modules|dist|\.angular|coverage|trial-database|testdata)(?:\/|$)|\.spec\.ts$/;

/** Whether a workspace's `dist` was made of the sources that are there now. */
export function isWorkspaceBuilt({ name }: Workspace): boolean {
  const stamp = stampPath(name);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourcesOf(name);
}

/** Builds a workspace by its own build script. @throws {CommandError} with the compiler's words. */
export async function buildWorkspace({ name }: Workspace): Promise<void> {
  const sources = sourcesOf(name);
  await run('npm', ['run', 'build', '--workspace', `@docksnap/${name}`], {
    cwd: CHECKOUT,
    timeoutMs: BUILD_TIMEOUT_MS,
  });
  writeFileSync(stampPath(name), sources);
}

function stampPath(name: string): string {
  return join(CHECKOUT, name, 'dist', '.sources');
}

/** A hash over everything that a build reads: its sources, the contract's, and the packages' versions. */
function sourcesOf(name: string): string {
  const files = Object.fromEntries(
    [name, 'api/contract', 'package-lock.json'].map((path) => [path, join(CHECKOUT, path)]),
  );
  return createHash('sha256')
    .update(contentTag({ name, files, omit: NOT_SOURCE, entrypoint: [] }))
    .digest('hex');
}
