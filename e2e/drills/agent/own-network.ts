import type { Server } from 'node:net';
import { join } from 'node:path';
import { freePort } from '../../control-plane/free-port.ts';
import { run } from '../../cluster/process.ts';
import type { AgentOptions, DrilledNode } from './drilled-node.ts';
import type { AgentProcess } from './agent-process.ts';
import { bridge } from './bridge.ts';

/** A network namespace for one agent, with a loopback and nothing else; its ways out are Unix sockets. */
export class OwnNetwork {
  readonly options: AgentOptions;
  readonly #servers: readonly Server[];

  private constructor(options: AgentOptions, servers: readonly Server[]) {
    this.options = options;
    this.#servers = servers;
  }

  static async of(node: DrilledNode): Promise<OwnNetwork> {
    const socket = (name: string | number): string => join(node.folder, `${name}.socket`);
    const ports = [node.apiPort, Number(node.proxy.url.port)];
    const health = await freePort();
    const servers = await Promise.all(ports.map((port) => bridge(socket(port), port)));
    servers.push(await bridge(health, socket('health')));
    const ways = ports.map((port) => `${port}=${socket(port)}`).join(' ');
    const wayIn = `setpriv --pdeathsig KILL "$0" ${join(import.meta.dirname, 'way-in.ts')} ${health} ${socket('health')} ${ways}`;
    const script = `ip link set lo up && { ${wayIn} & } && exec "$@"`;
    const through = ['unshare', '--net', 'sh', '-c', script, process.execPath];
    return new OwnNetwork({ through, env: { DOCKSNAP_LISTEN: `127.0.0.1:${health}` } }, servers);
  }

  /** Runs a command where the agent is. */
  async run(agent: AgentProcess, command: readonly string[]): Promise<void> {
    await run('nsenter', ['--target', String(agent.pid), '--net', ...command]);
  }

  close(): void {
    for (const server of this.#servers) server.close();
  }
}
