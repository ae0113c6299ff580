import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { NodeName } from '../../cluster/handle.ts';
import { cluster } from './system.ts';

const port = 10_350;
const kubeletPort = 10_250;

const lineSchema = z.object({ n: z.int(), path: z.string(), status: z.int(), atMs: z.int() });

/** One page that the agent was given. */
export interface RecordedPage {
  readonly path: string;
  readonly status: number;
  readonly atMs: number;
  readonly text: string;
}

/** A proxy before one node's kubelet. Connections that agents' pods open from now on pass through it. */
export class Recording {
  readonly #node: NodeName;
  readonly #folder: string;
  readonly #end: () => void;

  private constructor(node: NodeName, folder: string, end: () => void) {
    this.#node = node;
    this.#folder = folder;
    this.#end = end;
  }

  /** Puts the proxy in, in the node's own network namespace: the kubelet's certificate, its port by redirection. */
  static async start(node: NodeName): Promise<Recording> {
    const folder = mkdtempSync(join(cluster().stateDir, 'recording-'));
    const pki = join(cluster().stateDir, 'nodes', node, 'pki');
    const proxy = [
      process.execPath,
      join(import.meta.dirname, '../recording-proxy.ts'),
      ...['--certificate', join(pki, 'kubelet.crt'), '--key', join(pki, 'kubelet.key'), '--ca', join(pki, 'ca.crt')],
      ...['--port', String(port), '--upstream-port', String(kubeletPort), '--folder', folder],
    ];
    const child = spawn('nsenter', ['--target', String(initPid(node)), '--net', ...proxy], {
      stdio: ['ignore', 'pipe', 'inherit'],
      // The proxy is a program, not a test: it runs without jest's flags.
      env: { PATH: process.env['PATH'] },
    });
    await once(child.stdout, 'data', { signal: AbortSignal.timeout(15_000) });
    const recording = new Recording(node, folder, () => child.kill());
    await recording.#redirect('-A');
    return recording;
  }

  /** Takes the proxy out; what it recorded can be read until {@link discard}. */
  async stop(): Promise<void> {
    await this.#redirect('-D');
    this.#end();
  }

  /** The pages that were given out whole, in their order. */
  pages(): RecordedPage[] {
    const lines = readFileSync(join(this.#folder, 'pages.jsonl'), 'utf8').trim().split('\n');
    return lines.map((line) => {
      const { n, ...page } = lineSchema.parse(JSON.parse(line));
      return { ...page, text: readFileSync(join(this.#folder, `${n}.txt`), 'utf8') };
    });
  }

  discard(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #redirect(action: '-A' | '-D'): Promise<void> {
    const rule = ['-p', 'tcp', '-s', '10.244.0.0/16', '--dport', String(kubeletPort)];
    const target = ['-j', 'REDIRECT', '--to-ports', String(port)];
    await cluster().inNode(this.#node, ['iptables', '-t', 'nat', action, 'PREROUTING', ...rule, ...target]);
  }
}

function initPid(node: NodeName): number {
  const pid = cluster().initPid(node);
  if (pid === undefined) throw new Error(`${node} is off`);
  return pid;
}
