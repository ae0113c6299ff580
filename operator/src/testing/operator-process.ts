import { spawn } from 'node:child_process';
import { once } from 'node:events';

const main = new URL('../main.ts', import.meta.url).pathname;

interface Options {
  readonly namespace: string;
  readonly identity: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Path of the program; the one in the source unless told. */
  readonly program?: string;
}

/** The operator's own program, as its image runs it, with an admin's credentials from KUBECONFIG. */
export class OperatorProcess {
  readonly #child;
  /** What it has said so far, one JSON object a line. */
  output = '';

  constructor({ namespace, identity, env = {}, program = main }: Options) {
    this.#child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        DOCKSNAP_WATCH_NAMESPACES: namespace,
        DOCKSNAP_NAMESPACE: namespace,
        POD_NAME: identity,
        DOCKSNAP_AGENT_IMAGE: 'localhost/docksnap/agent:none',
        DOCKSNAP_API_URL: 'https://127.0.0.1:1',
        DOCKSNAP_API_CA_FILE: '/nonexistent/ca.crt',
        DOCKSNAP_OPERATOR_TOKEN_FILE: '/nonexistent/token',
        DOCKSNAP_LISTEN: '127.0.0.1:0',
        ...env,
      },
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
  }

  /** @returns the exit code; undefined while it runs or when a signal ended it */
  get exitCode(): number | undefined {
    return this.#child.exitCode ?? undefined;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Sends a signal that does not end it. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child.kill(signal);
  }

  /** Settles when it has ended by itself. @returns the exit code */
  async ended(): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
    return this.#child.exitCode;
  }

  /** Sends a signal and waits for the end. @returns the exit code; null when the signal ended it */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return this.#child.exitCode;
    const ended = once(this.#child, 'exit');
    this.#child.kill(signal);
    await ended;
    return this.#child.exitCode;
  }
}
