import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';

/** A program that runs beside, ends with this process whatever ends it, and writes to a file. */
export class Program {
  readonly #command: readonly string[];
  readonly #log: string;
  #child: ChildProcess;

  /**
   * @param command program and arguments
   * @param log path of the file that what it says is added to
   */
  constructor(command: readonly string[], log: string) {
    this.#command = command;
    this.#log = log;
    this.#child = this.#start();
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Sends a signal that does not end it. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child.kill(signal);
  }

  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill(signal);
    await ended;
  }

  /** Starts it anew, with the same arguments. */
  async restart(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    await this.end(signal);
    this.#child = this.#start();
  }

  #start(): ChildProcess {
    const file = openSync(this.#log, 'a');
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...this.#command], { stdio: ['ignore', file, file] });
    closeSync(file);
    return child;
  }
}
