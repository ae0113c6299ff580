import { join } from 'node:path';
import { ensureBuilt } from '../../cluster/toolchain/build.ts';
import type { Recipe } from '../../cluster/toolchain/recipes.ts';
import { freePort } from '../../control-plane/free-port.ts';
import { Program } from '../../control-plane/program.ts';
import { until } from '../../system/support/until.ts';

const readyMs = 30_000;
const askMs = 10_000;

const recipe: Recipe = {
  name: 'toxiproxy',
  title: 'Toxiproxy 2.5.0',
  moduleDir: join(import.meta.dirname, 'modules/toxiproxy'),
  packages: ['github.com/Shopify/toxiproxy/v2/cmd/server'],
  variables: {},
  expectedSeconds: 20,
};

/** A fault on one way through a proxy. https://github.com/Shopify/toxiproxy/tree/v2.5.0#toxics */
export interface Toxic {
  readonly type: 'bandwidth' | 'latency' | 'limit_data' | 'reset_peer';
  /** `downstream` is towards the agent. */
  readonly stream: 'upstream' | 'downstream';
  /** Share of the connections that it falls on. */
  readonly toxicity: number;
  readonly attributes: Readonly<Record<string, number>>;
}

/** Real faults on TCP connections of loopback, by a real Toxiproxy. */
export class Toxiproxy {
  readonly #control: string;
  readonly #program: Program;

  private constructor(control: string, program: Program) {
    this.#control = control;
    this.#program = program;
  }

  static async start(folder: string): Promise<Toxiproxy> {
    const binary = join(await ensureBuilt(recipe), 'server');
    const port = await freePort();
    const command = [binary, '-host', '127.0.0.1', '-port', String(port)];
    const toxiproxy = new Toxiproxy(`http://127.0.0.1:${port}`, new Program(command, join(folder, 'toxiproxy.log')));
    await until('Toxiproxy', readyMs, () => toxiproxy.#ask('GET', '/version'));
    return toxiproxy;
  }

  /** A proxy before a port. @returns the port to go to instead */
  async before(name: string, upstreamPort: number): Promise<number> {
    const port = await freePort();
    const proxy = { name, listen: `127.0.0.1:${port}`, upstream: `127.0.0.1:${upstreamPort}`, enabled: true };
    await this.#ask('POST', '/proxies', proxy);
    return port;
  }

  /** Connections are refused, and those that are open are cut. */
  async refuse(name: string): Promise<void> {
    await this.#ask('POST', `/proxies/${name}`, { enabled: false });
  }

  async add(name: string, toxic: Toxic): Promise<void> {
    await this.#ask('POST', `/proxies/${name}/toxics`, { name: `${toxic.type}-${toxic.stream}`, ...toxic });
  }

  /** All pass again, without any fault. */
  async restore(): Promise<void> {
    await this.#ask('POST', '/reset');
  }

  stop(): Promise<void> {
    return this.#program.end('SIGKILL');
  }

  async #ask(method: string, path: string, body?: unknown): Promise<true> {
    const signal = AbortSignal.timeout(askMs);
    const init = { method, signal, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const answer = await fetch(`${this.#control}${path}`, init);
    if (!answer.ok)
      throw new Error(`Toxiproxy answered ${method} ${path} with ${answer.status}: ${await answer.text()}`);
    return true;
  }
}
