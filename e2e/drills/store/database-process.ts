import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { run } from '../../cluster/process.ts';
import { ensureTrialDatabase } from '../../cluster/toolchain/trial-database.ts';
import { freePort } from '../../control-plane/free-port.ts';

const answerMs = 30_000;

/** A trial database of the drill's own, on loopback. */
export class DatabaseProcess {
  readonly uri: string;
  readonly #binary: string;
  readonly #port: number;
  readonly #folder: string;
  #child: ChildProcess | undefined;

  private constructor(binary: string, port: number, folder: string) {
    this.uri = `mongodb://127.0.0.1:${port}/docksnap`;
    this.#binary = binary;
    this.#port = port;
    this.#folder = folder;
  }

  static async make(folder: string): Promise<DatabaseProcess> {
    const data = mkdtempSync(join(folder, 'database-'));
    return new DatabaseProcess(await ensureTrialDatabase(), await freePort(), data);
  }

  /**
   * Starts it on what it has stored. With `diskMiB` it gets an empty disk of that size, which goes with the process:
   * for root alone, as the test cluster is.
   */
  async start(diskMiB?: number): Promise<void> {
    const mounted = 'mount -t tmpfs -o "size=$3m" none "$1" && exec "$2"';
    const args = ['--mount', 'sh', '-c', mounted, 'sh', this.#folder, this.#binary, String(diskMiB)];
    const [file, given] = diskMiB === undefined ? [this.#binary, []] : ['unshare', args];
    this.#child = spawn(file, given, {
      env: {
        ...process.env,
        DOCKSNAP_DATABASE_LISTEN: `127.0.0.1:${this.#port}`,
        DOCKSNAP_DATABASE_DIR: this.#folder,
        DOCKSNAP_DATABASE_HEALTH_LISTEN: '',
        DOCKSNAP_DATABASE_TLS_DIR: '',
      },
      stdio: 'ignore',
    });
    const deadline = Date.now() + answerMs;
    while (!(await isOpen(this.#port))) {
      if (Date.now() > deadline) throw new Error(`the database does not answer within ${answerMs / 1000} s`);
      await wait(50);
    }
  }

  /** Leaves no room on a disk that was made at the start. */
  async fillDisk(): Promise<void> {
    await this.#onDisk('cat /dev/zero > "$1/filler" 2> /dev/null || true');
  }

  async freeDisk(): Promise<void> {
    await this.#onDisk('rm "$1/filler"');
  }

  /** The disk is seen by the database and those beside it alone. */
  async #onDisk(script: string): Promise<void> {
    const inside = ['--target', String(this.#child?.pid ?? 0), '--mount'];
    await run('nsenter', [...inside, 'sh', '-c', script, 'sh', this.#folder]);
  }

  /** As `kill -9`: what was acknowledged must be there after `start`. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  /** Stops answering, with connections left open, until `thaw`. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }
}

async function isOpen(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(1000) });
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
