import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { components } from './config/components.ts';
import { cniConfig, kubeletConfig } from './config/files.ts';
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
    adminPki: join(dir, 'pki'),
    supervisorLog: join(dir, 'supervisor.log'),
    node: (name: network.NodeName) => join(dir, 'nodes', name),
  } as const;
}

/** A text that differs when state made by one version of this code must not be used by another. */
export function stateStamp(): string {
  const titles = Object.values(recipes).map(({ title }) => title);
  const configuration = [kubeletConfig(), network.nodeNames.map((node) => [components(node), cniConfig(node)])];
  return createHash('sha256')
    .update(JSON.stringify([STATE_FORMAT, titles, configuration]))
    .digest('hex')
    .slice(0, 16);
}

/** Whether the folder holds complete state of this very configuration. */
export function isStateUsable(dir: string): boolean {
  const { stamp } = stateFiles(dir);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === stateStamp();
}

/** Empties the folder, so that a new cluster can begin in it. */
export function clearState(dir: string): void {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true, mode: 0o700 });
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
