import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CgroupError, clusterGroups, parseLayout, type CgroupLayout } from './layout.ts';

const REMOVE_TIMEOUT_MS = 10_000;
/** Controllers that a node's cgroup gets on cgroup v2; those that the machine lacks are left out by the kubelet. */
const DELEGATED = ['cpuset', 'cpu', 'io', 'memory', 'pids'];

/** How this machine's cgroups are mounted. */
export function readLayout(): CgroupLayout {
  return parseLayout(readFileSync('/proc/self/mountinfo', 'utf8'));
}

/**
 * Makes the cgroups of a node in each hierarchy.
 * @returns the `cgroup.procs` files that a process writes itself into to belong to the node.
 */
export function makeNodeGroups(layout: CgroupLayout, clusterId: string, node: string): string[] {
  return clusterGroups(layout, clusterId).map((group) => {
    if (layout.version === 2) delegate(dirname(group));
    for (const dir of [group, join(group, node)]) {
      mkdirSync(dir, { recursive: true });
      // Version 1: an empty set takes no process.
      for (const file of ['cpuset.cpus', 'cpuset.mems']) {
        if (layout.version === 1 && existsSync(join(dir, file)))
          writeFileSync(join(dir, file), readFileSync(join(dirname(dir), file)));
      }
      if (layout.version === 2 && dir === group) delegate(dir);
    }
    return join(group, node, 'cgroup.procs');
  });
}

/** Removes all cgroups of a cluster whose processes have ended. @returns the folders that could not be removed. */
export async function removeClusterGroups(layout: CgroupLayout, clusterId: string): Promise<string[]> {
  const deadline = Date.now() + REMOVE_TIMEOUT_MS;
  for (;;) {
    const left = clusterGroups(layout, clusterId).filter((group) => !removeTree(group));
    if (left.length === 0 || Date.now() > deadline) return left;
    await sleep(100); // The kernel needs a moment to let go of the last processes.
  }
}

/** Removes a cgroup and all below; the files in it are the kernel's. @returns whether it is gone. */
function removeTree(group: string): boolean {
  if (!existsSync(group)) return true;
  try {
    for (const entry of readdirSync(group, { withFileTypes: true })) {
      if (entry.isDirectory()) removeTree(join(group, entry.name));
    }
    rmdirSync(group);
    return true;
  } catch {
    return false; // Still has processes; the caller tries again.
  }
}

/**
 * On cgroup v2, takes a process out of a node's cgroup, into one that holds nothing else: only leaves may hold processes,
 * and the node's own is about to get children.
 */
export function moveAside(layout: CgroupLayout, clusterId: string, pid: number): void {
  if (layout.version === 1) return;
  for (const group of clusterGroups(layout, clusterId)) {
    mkdirSync(join(group, 'launcher'), { recursive: true });
    writeFileSync(join(group, 'launcher', 'cgroup.procs'), String(pid));
  }
}

function delegate(dir: string): void {
  const available = readFileSync(join(dir, 'cgroup.controllers'), 'utf8').trim().split(' ');
  const wanted = DELEGATED.filter((controller) => available.includes(controller));
  try {
    writeFileSync(join(dir, 'cgroup.subtree_control'), wanted.map((controller) => `+${controller}`).join(' '));
  } catch (error) {
    throw new CgroupError(
      `the cgroup ${dir} cannot hand its controllers to children: start where it holds no processes of its own, such as outside a container`,
      { cause: error },
    );
  }
}
