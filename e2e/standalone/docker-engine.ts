import { cpSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from '../cluster/process.ts';
import { ensureDockerEngine } from '../cluster/toolchain/docker-engine.ts';
import { Program } from '../control-plane/program.ts';
import { until } from '../system/support/until.ts';

const readyMs = 60_000;

/** A Docker engine of its own, with data, socket and no network of the machine's. It ends with this process. */
export class DockerEngine {
  readonly socket: string;
  readonly #program: Program;
  readonly #env: Readonly<Record<string, string>>;

  private constructor(folder: string, env: Readonly<Record<string, string>>) {
    this.socket = join(folder, 'docker.sock');
    this.#env = { ...env, DOCKER_HOST: `unix://${this.socket}` };
    const settings = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    const places = ['data', 'exec'].flatMap((name) => [`--${name}-root`, join(folder, name)]);
    const apart = ['--bridge=none', '--iptables=false', '--ip-masq=false', '--storage-driver=vfs'];
    this.#program = new Program(
      [
        'env',
        ...settings,
        'dockerd',
        ...places,
        '--pidfile',
        join(folder, 'pid'),
        '-H',
        `unix://${this.socket}`,
        ...apart,
      ],
      join(folder, 'dockerd.log'),
    );
  }

  /** Starts one. @param folder an empty one, with a short path: it holds a socket */
  static async start(folder: string): Promise<DockerEngine> {
    const { programs, libraries, busybox } = await ensureDockerEngine();
    const path = [...programs, process.env['PATH'] ?? ''].join(delimiter);
    const engine = new DockerEngine(folder, { PATH: path, LD_LIBRARY_PATH: libraries });
    await until(`a ready Docker engine (see ${folder}/dockerd.log)`, readyMs, async () => {
      await engine.docker('version');
      return true;
    });
    await engine.#importBusybox(busybox, folder);
    return engine;
  }

  /** Runs the docker command. @returns what it printed */
  async docker(...args: readonly string[]): Promise<string> {
    return (await run('docker', args, { env: { ...process.env, ...this.#env } })).trim();
  }

  /** Starts a container without a network that runs a script. @returns its id */
  async runScript(name: string, script: string, ...options: readonly string[]): Promise<string> {
    return this.docker(
      'run',
      '-d',
      '--network=none',
      '--name',
      name,
      ...options,
      'shop/busybox:1',
      '/bin/busybox',
      'sh',
      '-c',
      script,
    );
  }

  async stop(): Promise<void> {
    const ids = (await this.docker('ps', '-aq')).split('\n').filter((id) => id !== '');
    if (ids.length > 0) await this.docker('rm', '-f', ...ids);
    await this.#program.end('SIGTERM');
  }

  async #importBusybox(busybox: string, folder: string): Promise<void> {
    const root = join(folder, 'image');
    mkdirSync(join(root, 'bin'), { recursive: true });
    cpSync(busybox, join(root, 'bin/busybox'));
    await run('tar', ['-C', root, '-cf', join(folder, 'image.tar'), '.']);
    await this.docker('import', join(folder, 'image.tar'), 'shop/busybox:1');
  }
}
