/** Holds one cluster: when this process ends, however it ends, the cluster ends. Its argument is the plan's path. */
import { setTimeout as sleep } from 'node:timers/promises';
import { readLayout } from '../cgroups/tree.ts';
import { writeClusterFile, type ClusterFile } from '../cluster-file.ts';
import { nodeNames, type NodeName } from '../network.ts';
import { readPower } from '../power.ts';
import { identify } from '../proc.ts';
import { stateFiles } from '../state.ts';
import { keepConsoleForward } from './console-forward.ts';
import { Fabric } from './fabric.ts';
import { startNode, type RunningNode } from './node.ts';
import { readPlan } from './plan.ts';

const WATCH_MS = 250;
const RESTART_MS = 1_000;

const plan = readPlan(process.argv[2] ?? '');
const state = stateFiles(plan.stateDir);
const layout = readLayout();
const running = new Map<NodeName, RunningNode>();
const self = identify(process.pid);
if (self === undefined) throw new Error('/proc does not show this process');

const cluster = (): ClusterFile => ({
  supervisor: self,
  startedAtMs,
  kubeconfig: state.kubeconfig,
  consoleUrl: `http://127.0.0.1:${plan.consolePort}`,
  binaries: plan.binaries,
  nodes: Object.fromEntries([...running].map(([name, { initPid }]) => [name, initPid])),
});

/** Makes a node's power what its switch says, for ever. A life that fails is followed by another. */
async function keepNode(name: NodeName, fabric: Fabric): Promise<never> {
  for (;;) {
    while (readPower(state.node(name)) === 'off') await sleep(WATCH_MS);
    const node = await startNode(name, plan, layout).catch(complain(name));
    if (node !== undefined) {
      await live(node, fabric).catch(complain(name));
      await endNode(node);
    }
    await sleep(RESTART_MS);
  }
}

/** Joins a node to the others and waits until its switch is off, or it ended by itself. */
async function live(node: RunningNode, fabric: Fabric): Promise<void> {
  await fabric.connect(node.name, node.initPid);
  running.set(node.name, node);
  writeClusterFile(state.cluster, cluster());
  const off = new AbortController();
  void node.ended.then(() => {
    off.abort();
  });
  while (!off.signal.aborted && readPower(state.node(node.name)) === 'on') await sleep(WATCH_MS);
}

async function endNode(node: RunningNode): Promise<void> {
  node.kill();
  await node.ended;
  if (running.delete(node.name)) writeClusterFile(state.cluster, cluster());
}

const complain = (name: NodeName) => (error: unknown) => {
  console.error(new Date().toISOString(), name, error);
};

const startedAtMs = Date.now();
process.on('SIGTERM', () => process.exit());
const fabric = await Fabric.create(plan.apiServerPort);
fabric.onEnd(() => process.exit(1));
void keepConsoleForward(plan, state.kubeconfig);
await Promise.all(nodeNames.map((name) => keepNode(name, fabric)));
