import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fabricIp, fabricPrefixLength } from '../network.ts';
import { run } from '../process.ts';

/** The network that joins the nodes: a bridge in a network namespace of its own. */
export class Fabric {
  readonly #holder: ChildProcess;
  readonly #pid: number;

  private constructor(holder: ChildProcess, pid: number) {
    this.#holder = holder;
    this.#pid = pid;
  }

  /** Makes the network; connections to 127.0.0.1:`port` of this machine are passed to the API server in it. */
  static async create(port: number): Promise<Fabric> {
    const server = createServer();
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const command = [
      '--pdeathsig',
      'KILL',
      'unshare',
      '--net',
      process.execPath,
      join(import.meta.dirname, 'fabric-main.ts'),
    ];
    const holder = spawn('setpriv', command, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    await once(holder, 'spawn');
    if (holder.pid === undefined) throw new Error('the process that holds the nodes’ network has no number');
    const fabric = new Fabric(holder, holder.pid);
    await fabric.#untilReady();
    holder.send('listen', server);
    server.close();
    return fabric;
  }

  /** Calls back when the network is gone, and with it every connection between the nodes. */
  onEnd(callback: () => void): void {
    this.#holder.once('exit', callback);
  }

  /** Joins a node by a link that is its `eth0`. @param pid a process in the node's network namespace */
  async connect(node: string, pid: number): Promise<void> {
    await this.#inside('ip', 'link', 'delete', node).catch(() => undefined); // Left by an earlier life of the node.
    await run('ip', [
      'link',
      'add',
      'eth0',
      'netns',
      String(pid),
      'type',
      'veth',
      'peer',
      'name',
      node,
      'netns',
      String(this.#pid),
    ]);
    await this.#inside('ip', 'link', 'set', node, 'master', 'nodes', 'up');
  }

  async #untilReady(): Promise<void> {
    const ownNetwork = await run('readlink', ['/proc/self/ns/net']);
    while ((await run('readlink', [`/proc/${this.#pid}/ns/net`])) === ownNetwork)
      await new Promise((resolve) => setTimeout(resolve, 20));
    await this.#inside('ip', 'link', 'set', 'lo', 'up');
    await this.#inside('ip', 'link', 'add', 'nodes', 'type', 'bridge');
    await this.#inside('ip', 'address', 'add', `${fabricIp}/${fabricPrefixLength}`, 'dev', 'nodes');
    await this.#inside('ip', 'link', 'set', 'nodes', 'up');
  }

  async #inside(...command: string[]): Promise<void> {
    await run('nsenter', [`--net=/proc/${this.#pid}/ns/net`, ...command]);
  }
}
