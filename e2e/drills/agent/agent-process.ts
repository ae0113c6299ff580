import { readFile } from 'node:fs/promises';
import { Program } from '../../control-plane/program.ts';

const askMs = 5000;
const kibibyte = 1024;
/** As the DaemonSet starts it. */
const nodeFlags = ['--max-semi-space-size=1', '--max-old-space-size=32', '--v8-pool-size=0'];

export interface AgentStart {
  readonly bundle: string;
  readonly env: Readonly<Record<string, string>>;
  readonly log: string;
  /** Commands before it that become it by exec. */
  readonly through?: readonly string[];
}

/** The agent's bundle as a process of its own, on which faults are real. */
export class AgentProcess {
  readonly #program: Program;
  readonly #address: string;
  readonly log: string;

  constructor({ bundle, env, log, through = [] }: AgentStart) {
    const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    this.#address = env['DOCKSNAP_LISTEN'] ?? '';
    this.log = log;
    // NODE_OPTIONS of whoever runs the drill are not the agent's.
    const command = [
      'env',
      '-u',
      'NODE_OPTIONS',
      'MALLOC_ARENA_MAX=1',
      ...variables,
      ...through,
      process.execPath,
      ...nodeFlags,
      bundle,
    ];
    this.#program = new Program(command, log);
  }

  get pid(): number {
    return this.#program.pid;
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#program.signal(signal);
  }

  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    return this.#program.end(signal);
  }

  /** As `kill -9`, and started anew with what it left. */
  killAndRestart(): Promise<void> {
    return this.#program.restart('SIGKILL');
  }

  /** A number on its own page of metrics; NaN when it does not answer. */
  async metric(name: string): Promise<number> {
    const page = await this.#ask('/metrics').then(
      (answer) => answer.text(),
      () => '',
    );
    const line = page.split('\n').find((each) => each.startsWith(`${name} `));
    return Number(line?.slice(name.length) ?? NaN);
  }

  /** Reasons of what it says is wrong with it; `none` when all is well, `silent` without an answer. */
  async problems(): Promise<string> {
    try {
      const said: unknown = await (await this.#ask('/healthz')).json();
      const reasons = [...JSON.stringify(said).matchAll(/"reason":"(\w+)"/g)].map(([, reason = '']) => reason);
      return reasons.length === 0 ? 'none' : reasons.sort().join(', ');
    } catch {
      return 'silent';
    }
  }

  /** Resident memory, and the most that it has been, in bytes. */
  async residentBytes(): Promise<{ now: number; most: number }> {
    const status = await readFile(`/proc/${this.pid}/status`, 'utf8');
    const of = (name: string): number =>
      Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) * kibibyte;
    return { now: of('VmRSS'), most: of('VmHWM') };
  }

  #ask(path: string): Promise<Response> {
    return fetch(`http://${this.#address}${path}`, { signal: AbortSignal.timeout(askMs) });
  }
}
