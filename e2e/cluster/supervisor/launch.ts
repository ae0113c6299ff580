import { spawn } from 'node:child_process';
import { openSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readLayout, removeClusterGroups } from '../cgroups/tree.ts';
import { readClusterFile, type ClusterFile } from '../cluster-file.ts';
import { nodeNames } from '../network.ts';
import { isRunning } from '../proc.ts';
import { stateFiles } from '../state.ts';
import type { Plan } from './plan.ts';

const START_TIMEOUT_MS = 20_000;
const END_TIMEOUT_MS = 10_000;

/** The cluster that a state folder belongs to, if its supervisor runs. */
export function runningCluster(stateDir: string): ClusterFile | undefined {
  const cluster = readClusterFile(stateFiles(stateDir).cluster);
  return cluster !== undefined && isRunning(cluster.supervisor) ? cluster : undefined;
}

/** Starts the supervisor of a cluster, on its own, and waits until every node is on. */
export async function launchSupervisor(plan: Plan): Promise<ClusterFile> {
  const state = stateFiles(plan.stateDir);
  writeFileSync(state.plan, JSON.stringify(plan, undefined, 2), { mode: 0o600 });
  rmSync(state.cluster, { force: true });
  const log = openSync(state.supervisorLog, 'a');
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), state.plan], {
    detached: true,
    cwd: plan.stateDir,
    stdio: ['ignore', log, log],
  });
  child.unref();
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const cluster = runningCluster(plan.stateDir);
    if (cluster !== undefined && Object.keys(cluster.nodes).length === nodeNames.length) return cluster;
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`the nodes did not start: see ${state.supervisorLog} and ${plan.stateDir}/nodes/*/logs`);
    await sleep(100);
  }
}

/**
 * Ends the supervisor, and with it all of the cluster; then removes its cgroups, also after a supervisor that was killed.
 * @throws naming the cgroups that still hold processes.
 */
export async function endCluster(stateDir: string, clusterId: string): Promise<void> {
  const cluster = runningCluster(stateDir);
  if (cluster !== undefined) {
    process.kill(cluster.supervisor.pid, 'SIGTERM');
    const deadline = Date.now() + END_TIMEOUT_MS;
    while (isRunning(cluster.supervisor)) {
      if (Date.now() > deadline) process.kill(cluster.supervisor.pid, 'SIGKILL');
      await sleep(50);
    }
  }
  const left = await removeClusterGroups(readLayout(), clusterId);
  if (left.length > 0) throw new Error(`these cgroups still hold processes: ${left.join(', ')}`);
}
