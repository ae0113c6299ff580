import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as network from './network.ts';
import { recipes } from './toolchain/recipes.ts';

/** Raised when state of an earlier form cannot be used any more. */
const STATE_FORMAT = 1;

/** The names of what lies in a cluster's state folder. */
export function stateFiles(dir: string) {
  return {
    dir,
    stamp: join(dir, 'stamp'),
    plan: join(dir, 'plan.json'),
    cluster: join(dir, 'cluster.json'),
    kubeconfig: join(dir, 'kubeconfig'),
    supervisorLog: join(dir, 'supervisor.log'),
    node: (name: network.NodeName) => join(dir, 'nodes', name),
  } as const;
}

/** A text that differs when state made by one version of this code must not be used by another. */
export function stateStamp(): string {
  const titles = Object.values(recipes).map(({ title }) => title);
  return createHash('sha256').update(JSON.stringify([STATE_FORMAT, titles, network])).digest('hex').slice(0, 16);
}

/** Empties the state folder unless its stamp is ours. @returns whether earlier state is kept. */
export function openState(dir: string): boolean {
  const { stamp } = stateFiles(dir);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === stateStamp()) return true;
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  return false;
}

/** Marks the state as complete; called once all of {@link writeFiles}'s are written. */
export function sealState(dir: string): void {
  writeFileSync(stateFiles(dir).stamp, stateStamp());
}

/** Writes files that only root may read, making their folders. */
export function writeFiles(dir: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(dir, name);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, text, { mode: 0o600 });
  }
}
