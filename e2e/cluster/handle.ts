/** What tests and drills do to a running cluster from outside: through kubectl, its nodes' switches and namespaces. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readClusterFile } from './cluster-file.ts';
import type { NodeName } from './network.ts';
import { stateDir } from './paths.ts';
import { setPower } from './power.ts';
import { isRunning } from './proc.ts';
import { run, type RunOptions } from './process.ts';
import { stateFiles } from './state.ts';

export { nodeNames, type NodeName } from './network.ts';

const POWER_TIMEOUT_MS = 15_000;
const WATCH_MS = 100;

/** A running cluster. Make it by {@link openCluster}. */
export class Cluster {
  readonly stateDir: string;
  readonly kubeconfig: string;
  /** Where the console answers on this machine. */
  readonly consoleUrl: string;
  /** Folders of the built binaries by product. */
  readonly binaries: Readonly<Record<string, string>>;

  constructor(dir: string) {
    const file = readClusterFile(stateFiles(dir).cluster);
    if (file === undefined || !isRunning(file.supervisor))
      throw new Error('no cluster of this checkout runs: start it with `npm start`');
    this.stateDir = dir;
    this.kubeconfig = file.kubeconfig;
    this.consoleUrl = file.consoleUrl;
    this.binaries = file.binaries;
  }

  /** Runs kubectl as cluster admin. @returns what it printed. @throws {CommandError} with its words. */
  async kubectl(args: readonly string[], options: RunOptions = {}): Promise<string> {
    return run(join(this.binaries['kubernetes'] ?? '', 'kubectl'), ['--kubeconfig', this.kubeconfig, ...args], options);
  }

  /** Runs helm as cluster admin. @returns what it printed. @throws {CommandError} with its words. */
  async helm(args: readonly string[], options: RunOptions = {}): Promise<string> {
    return run(join(this.binaries['helm'] ?? '', 'helm'), ['--kubeconfig', this.kubeconfig, ...args], options);
  }

  /** A node's first process in this machine's numbering; undefined while the node is off. */
  initPid(node: NodeName): number | undefined {
    return readClusterFile(stateFiles(this.stateDir).cluster)?.nodes[node];
  }

  /** Cuts a node's power: all of its processes end at once, and it stays off. Settles when it is off. */
  async powerOff(node: NodeName): Promise<void> {
    setPower(stateFiles(this.stateDir).node(node), 'off');
    await this.#until(() => this.initPid(node) === undefined, `${node} did not go off`);
  }

  /** Gives a node its power back. Settles when its programs start; Kubernetes takes some seconds more. */
  async powerOn(node: NodeName): Promise<void> {
    setPower(stateFiles(this.stateDir).node(node), 'on');
    await this.#until(() => this.initPid(node) !== undefined, `${node} did not come on`);
  }

  /** Runs a command in a node's namespaces, as root. @returns what it printed. @throws {CommandError} with its words. */
  async inNode(node: NodeName, command: readonly string[], options: RunOptions = {}): Promise<string> {
    return run('nsenter', this.nsenterArgs(node, command), options);
  }

  /** The arguments by which `nsenter` runs a command in a node: for those who must spawn it themselves. */
  nsenterArgs(node: NodeName, command: readonly string[]): string[] {
    const pid = this.initPid(node);
    if (pid === undefined) throw new Error(`${node} is off`);
    return ['--target', String(pid), '--mount', '--uts', '--ipc', '--net', '--pid', '--cgroup', ...command];
  }

  /** The processes of one container, in the node's own numbering: for kill -9 by {@link inNode}. */
  async containerPids(node: NodeName, containerId: string): Promise<number[]> {
    const id = containerId.replace(/^containerd:\/\//, '');
    const output = await this.inNode(node, ['/run/bin/containerd/ctr', '--namespace', 'k8s.io', 'tasks', 'ps', id]);
    const lines = output.trim().split('\n').slice(1); // The first is the heading.
    return lines.map((line) => Number.parseInt(line, 10));
  }

  async #until(isTrue: () => boolean, complaint: string): Promise<void> {
    const deadline = Date.now() + POWER_TIMEOUT_MS;
    while (!isTrue()) {
      if (Date.now() > deadline)
        throw new Error(
          `${complaint} within ${POWER_TIMEOUT_MS / 1000} s: see ${stateFiles(this.stateDir).supervisorLog}`,
        );
      await sleep(WATCH_MS);
    }
  }
}

/** The running cluster of this checkout. @throws when none runs. */
export function openCluster(): Cluster {
  return new Cluster(stateDir());
}
