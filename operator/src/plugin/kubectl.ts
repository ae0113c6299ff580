import { execFile, spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import type { Where } from './command-line.ts';

const TIMEOUT_MS = 30_000;
const LARGEST_BYTES = 256 * 1024 * 1024;
const execute = promisify(execFile);

/** kubectl could not do what it was asked, in its words. */
export class KubectlError extends Error {
  override readonly name = 'KubectlError';
}

/** kubectl itself, with the user's kubeconfig and all that it knows of logging in. */
export class Kubectl {
  readonly #flags: readonly string[];

  constructor({ kubeconfig, context }: Where) {
    this.#flags = [
      ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig]),
      ...(context === undefined ? [] : ['--context', context]),
    ];
  }

  /** @returns what kubectl printed. @throws {KubectlError} */
  async run(...args: string[]): Promise<string> {
    try {
      const options = { timeout: TIMEOUT_MS, maxBuffer: LARGEST_BYTES };
      return (await execute('kubectl', [...this.#flags, '--request-timeout=20s', ...args], options)).stdout;
    } catch (error) {
      throw new KubectlError(`kubectl ${args.join(' ')}: ${kubectlWords(error)}`, { cause: error });
    }
  }

  /** The objects of a kind. @param namespace undefined: of all namespaces */
  async list(kind: string, namespace: string | undefined, ...more: string[]): Promise<unknown> {
    const where = namespace === undefined ? ['--all-namespaces'] : ['--namespace', namespace];
    return JSON.parse(await this.run('get', kind, ...where, ...more, '--output', 'json'));
  }

  /** Starts a kubectl that lasts, such as a port-forward; it emits `error` when there is no kubectl. */
  start(...args: string[]): ChildProcessByStdio<null, Readable, Readable> {
    return spawn('kubectl', [...this.#flags, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  }
}

/** What kubectl said, or why it could not be started. */
export function kubectlWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const said = 'stderr' in error && typeof error.stderr === 'string' ? error.stderr.trim() : '';
  if ('code' in error && error.code === 'ENOENT') return 'kubectl is not in the PATH';
  return said === '' ? error.message : said;
}
