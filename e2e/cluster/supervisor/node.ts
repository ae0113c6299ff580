import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeNodeGroups, moveAside } from '../cgroups/tree.ts';
import { mountsInNode, type CgroupLayout } from '../cgroups/layout.ts';
import { addresses, fabricIp, fabricPrefixLength, nodeNames, type NodeName } from '../network.ts';
import { childrenOf, identify, isRunning } from '../proc.ts';
import { stateFiles } from '../state.ts';
import type { Plan } from './plan.ts';

const START_TIMEOUT_MS = 10_000;

/** A node that is on. */
export interface RunningNode {
  readonly name: NodeName;
  /** Its first process, as this machine numbers it: in all of the node's namespaces, and the end of all its processes. */
  readonly initPid: number;
  /** Settles when it is off. */
  readonly ended: Promise<void>;
  /** Cuts its power, if it is still on. */
  kill(): void;
}

/** Starts a node; its programs wait until it is joined to the fabric. @throws when its first process does not come up. */
export async function startNode(name: NodeName, plan: Plan, layout: CgroupLayout): Promise<RunningNode> {
  const dir = stateFiles(plan.stateDir).node(name);
  const log = openSync(join(dir, 'logs/init.log'), 'a');
  const nodeDir = join(import.meta.dirname, '../node');
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', 'sh', join(nodeDir, 'enter.sh'), join(nodeDir, 'init.sh')], {
    stdio: ['ignore', log, log],
    env: { PATH: process.env['PATH'], ...environment(name, dir, plan, layout) },
  });
  closeSync(log); // The child has its own.
  const ended = once(child, 'exit').then(() => undefined);
  await once(child, 'spawn');
  const unsharePid = child.pid ?? 0;
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const [initPid = 0] = childrenOf(unsharePid);
    const init = identify(initPid);
    if (init !== undefined) {
      moveAside(layout, plan.clusterId, unsharePid);
      return {
        name,
        initPid,
        ended,
        kill: () => {
          if (isRunning(init)) process.kill(initPid, 'SIGKILL');
        },
      };
    }
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`${name} did not start: see ${join(dir, 'logs/init.log')}`);
    }
    await sleep(20);
  }
}

function environment(name: NodeName, dir: string, plan: Plan, layout: CgroupLayout): NodeJS.ProcessEnv {
  const others = nodeNames.filter((other) => other !== name).map((other) => addresses[other]);
  return {
    NODE_NAME: name,
    NODE_DIR: dir,
    NODE_ADDRESS: `${addresses[name].ip}/${fabricPrefixLength}`,
    NODE_GATEWAY: fabricIp,
    NODE_ROUTES: others.map(({ podCidr, ip }) => `${podCidr}=${ip}`).join(' '),
    NODE_CGROUPS: mountsInNode(layout),
    NODE_JOIN: makeNodeGroups(layout, plan.clusterId, name).join(' '),
    NODE_BIN: Object.entries(plan.binaries)
      .map(([product, folder]) => `${product}=${folder}`)
      .join(' '),
  };
}
