import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Cluster } from '../../cluster/handle.ts';
import { CHECKOUT, cacheDir, stateDir } from '../../cluster/paths.ts';
import { CommandError, run } from '../../cluster/process.ts';

/** The release before this one: its tag, and its commit for clones without tags. */
const PREVIOUS = { tag: 'v0.1.0', commit: '25e756a' };
const COMMAND_TIMEOUT_MS = 30 * 60_000;

/** The source of the release before, with a cluster of its own. */
export class PreviousRelease {
  readonly title = `${PREVIOUS.tag} (${PREVIOUS.commit})`;
  readonly #source: string;
  readonly #env: NodeJS.ProcessEnv;

  private constructor(source: string) {
    this.#source = source;
    this.#env = { ...process.env, XDG_STATE_HOME: join(cacheDir(), 'drills'), DOCKSNAP_CLUSTER: 'upgrade' };
  }

  /** Unpacks it from this repository's history. @throws {CommandError} saying how to get a history that has it */
  static async unpack(): Promise<PreviousRelease> {
    const source = join(cacheDir(), 'releases', `${PREVIOUS.tag}-${PREVIOUS.commit}`);
    if (!existsSync(source)) {
      const revision = await known();
      rmSync(`${source}.partial`, { recursive: true, force: true });
      mkdirSync(`${source}.partial`, { recursive: true });
      const archive = `${source}.tar`;
      await run('git', ['archive', '--output', archive, revision], { cwd: CHECKOUT });
      await run('tar', ['-xf', archive, '-C', `${source}.partial`]);
      rmSync(archive);
      renameSync(`${source}.partial`, source);
    }
    return new PreviousRelease(source);
  }

  /** Starts its cluster as its own `npm start` does. */
  async start(): Promise<Cluster> {
    await this.#launch('start');
    return new Cluster(stateDir(this.#env, this.#source));
  }

  async stop(): Promise<void> {
    await this.#launch('stop', '--wipe');
  }

  async #launch(...args: string[]): Promise<void> {
    const child = spawn(process.execPath, [join(this.#source, 'bin/docksnap.mjs'), ...args], {
      env: this.#env,
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: COMMAND_TIMEOUT_MS,
    });
    await once(child, 'close');
    if (child.exitCode !== 0)
      throw new CommandError(`${PREVIOUS.tag} could not ${args[0] ?? ''} its cluster: see above`);
  }
}

async function known(): Promise<string> {
  for (const revision of [PREVIOUS.tag, PREVIOUS.commit]) {
    const found = await run('git', ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`], {
      cwd: CHECKOUT,
    }).catch(() => undefined);
    if (found !== undefined) return found.trim();
  }
  throw new CommandError(
    `this clone has neither the tag ${PREVIOUS.tag} nor the commit ${PREVIOUS.commit}: fetch its history (git fetch --tags --unshallow), then try again`,
  );
}
