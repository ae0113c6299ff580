import { existsSync } from 'node:fs';
import type { StartContext } from './context.ts';
import { nodeNames } from '../network.ts';
import { areFree, findPorts, type Ports } from './ports.ts';
import { setPower } from '../power.ts';
import { writeCertificates, writeConfiguration } from './prepare.ts';
import { requireRealFileSystem, runcPath } from './requirements.ts';
import { clearState, isStateUsable, sealState, stateFiles } from '../state.ts';
import { endCluster, launchSupervisor, runningCluster } from '../supervisor/launch.ts';
import { readPlan, type Plan } from '../supervisor/plan.ts';
import { binariesOf } from '../toolchain/build.ts';
import { recipes } from '../toolchain/recipes.ts';

/** The products whose binaries run on nodes, or are for whoever works with the cluster. */
const PRODUCTS = ['kubernetes', 'etcd', 'containerd', 'helm'] as const;

/** Starts the nodes, with the state of the last time if it fits; nodes that already run as wanted are left alone. */
export async function startNodes(context: StartContext): Promise<void> {
  const { stateDir, clusterId } = context;
  await requireRealFileSystem(stateDir);
  const isUsable = isStateUsable(stateDir);
  const last = isUsable ? lastPlan(stateDir) : undefined;
  const binaries = Object.fromEntries(PRODUCTS.map((name) => [name, binariesOf(recipes[name])]));

  const running = runningCluster(stateDir);
  if (running !== undefined && JSON.stringify(last?.binaries) === JSON.stringify(binaries)) {
    for (const node of nodeNames) setPower(stateFiles(stateDir).node(node), 'on');
    context.opened(running);
    return;
  }

  await endCluster(stateDir, clusterId);
  const ports = await choosePorts(clusterId, last);
  if (!isUsable) {
    clearState(stateDir);
    await writeCertificates(stateDir);
    sealState(stateDir);
  }
  writeConfiguration(stateDir, { runc: runcPath(), apiServerPort: ports.apiServerPort });
  context.opened(await launchSupervisor({ clusterId, stateDir, ...ports, binaries }));
}

function lastPlan(stateDir: string): Plan | undefined {
  const { plan } = stateFiles(stateDir);
  return existsSync(plan) ? readPlan(plan) : undefined;
}

/** Those of the last time, as long as nothing else has taken them. */
async function choosePorts(clusterId: string, last: Ports | undefined): Promise<Ports> {
  return last !== undefined && (await areFree(last))
    ? { apiServerPort: last.apiServerPort, consolePort: last.consolePort }
    : findPorts(clusterId);
}
