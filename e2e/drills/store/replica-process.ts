import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import { firstLine, startSource } from './sources.ts';

const startMs = 120_000;
const readyMs = 120_000;
const kibibyte = 1024;
const greetingSchema = z.object({ url: z.url(), password: z.string() });

/** A process of the API, which can be killed and started again. */
export class ReplicaProcess {
  #child: ChildProcess | undefined;
  #url = '';
  #password = '';
  readonly #uri: string;
  readonly #folder: string;

  constructor(uri: string, folder: string) {
    this.#uri = uri;
    this.#folder = folder;
  }

  /** Where it is asked; undefined while it does not run. */
  get url(): string | undefined {
    return this.#child === undefined ? undefined : this.#url;
  }

  get password(): string {
    return this.#password;
  }

  /** Resolves when it takes pushes. */
  async start(): Promise<void> {
    const child = startSource('serve.ts', [this.#uri], this.#folder);
    const { url, password } = greetingSchema.parse(await firstLine(child, startMs));
    this.#url = url;
    this.#password = password;
    this.#child = child;
  }

  /** Resolves when it has read its memory back. */
  async ready(): Promise<void> {
    const deadline = Date.now() + readyMs;
    while (!(await isReady(this.#url))) {
      if (Date.now() > deadline) throw new Error(`the replica is not ready within ${readyMs / 1000} s`);
      await wait(100);
    }
  }

  /** As `kill -9`. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    this.#child = undefined;
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }

  /** The most memory that it has had, in bytes. */
  async peakBytes(): Promise<number> {
    const status = await readFile(`/proc/${this.#child?.pid ?? 0}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? NaN) * kibibyte;
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5000) })).ok;
  } catch {
    return false;
  }
}
