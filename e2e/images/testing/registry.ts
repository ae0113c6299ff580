import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cluster, NodeName } from '../../cluster/handle.ts';
import { addresses, nodeNames } from '../../cluster/network.ts';
import { stateFiles } from '../../cluster/state.ts';
import { ensureBuilt } from '../../cluster/toolchain/build.ts';
import { testRecipes } from '../../cluster/toolchain/test-recipes.ts';
import { freePort } from '../../control-plane/free-port.ts';
import { until } from '../../system/support/until.ts';

const STARTS_WITHIN_MS = 30_000;
const servingNode: NodeName = 'node1';

/** A real registry on 127.0.0.1, plain http, with what was pushed to it in a folder of its own. */
export class Registry {
  /** As images name it: `127.0.0.1:` and its port. */
  readonly name: string;
  readonly #binary: string;
  readonly #folder: string;
  readonly #port: number;
  readonly #processes: ChildProcess[] = [];
  readonly #told: string[] = [];

  private constructor(binary: string, folder: string, port: number) {
    this.name = `127.0.0.1:${port}`;
    this.#binary = binary;
    this.#folder = folder;
    this.#port = port;
  }

  /** Builds the registry if it is not built yet (1–2 min), and starts it. */
  static async start(): Promise<Registry> {
    const binary = join(await ensureBuilt(testRecipes.registry), 'registry');
    const registry = new Registry(binary, mkdtempSync(join(tmpdir(), 'docksnap-registry-')), await freePort());
    registry.#serve('127.0.0.1', []);
    await until('the registry answering', STARTS_WITHIN_MS, async () => (await registry.ask('/v2/')).ok);
    return registry;
  }

  /**
   * Serves the same folder in a node's network too, and tells every node's containerd to go there for this registry:
   * 127.0.0.1 is another machine to each of them.
   */
  async serveNodes(cluster: Cluster): Promise<void> {
    const { ip } = addresses[servingNode];
    this.#serve(ip, ['nsenter', '--target', String(cluster.initPid(servingNode)), '--net']);
    for (const node of nodeNames) {
      const folder = join(stateFiles(cluster.stateDir).node(node), 'config/registries', this.name);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'hosts.toml'), `server = "http://${ip}:${this.#port}"\n`);
      this.#told.push(folder);
    }
    const url = `http://${ip}:${this.#port}/v2/`;
    await until('the registry answering in a node', STARTS_WITHIN_MS, async () => {
      await cluster.inNode('node2', ['busybox', 'wget', '-q', '-O', '-', url]);
      return true;
    });
  }

  /** Asks it over HTTP. */
  async ask(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return fetch(`http://${this.name}${path}`, { headers, signal: AbortSignal.timeout(10_000) });
  }

  stop(): void {
    for (const child of this.#processes) child.kill('SIGKILL');
    for (const folder of [...this.#told, this.#folder]) rmSync(folder, { recursive: true, force: true });
  }

  #serve(ip: string, inside: readonly string[]): void {
    const config = join(this.#folder, `${ip}.json`);
    const storage = { filesystem: { rootdirectory: this.#folder } };
    // JSON is YAML.
    writeFileSync(config, JSON.stringify({ version: 0.1, storage, http: { addr: `${ip}:${this.#port}` } }));
    const [command, ...args] = [...inside, this.#binary, 'serve', config];
    const env = { ...process.env, OTEL_TRACES_EXPORTER: 'none' };
    this.#processes.push(spawn(command, args, { stdio: 'ignore', env }));
  }
}
