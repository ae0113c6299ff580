import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Cluster } from '../../cluster/handle.ts';
import { CHECKOUT, cacheDir, stateDir } from '../../cluster/paths.ts';
import { CommandError } from '../../cluster/process.ts';

const timeoutMs = 30 * 60_000;

/** A cluster of this checkout for one drill alone, as `npm start` makes it. */
export class OwnCluster {
  readonly #env: NodeJS.ProcessEnv;

  constructor(name: string) {
    this.#env = { ...process.env, XDG_STATE_HOME: join(cacheDir(), 'drills'), DOCKSNAP_CLUSTER: name };
  }

  async start(): Promise<Cluster> {
    await this.#launch('start');
    return new Cluster(stateDir(this.#env));
  }

  async stop(): Promise<void> {
    await this.#launch('stop', '--wipe');
  }

  async #launch(...args: string[]): Promise<void> {
    const child = spawn(process.execPath, [join(CHECKOUT, 'bin/docksnap.mjs'), ...args], {
      env: this.#env,
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: timeoutMs,
    });
    await once(child, 'close');
    if (child.exitCode !== 0) throw new CommandError(`the cluster of the drill could not ${args[0] ?? ''}: see above`);
  }
}
