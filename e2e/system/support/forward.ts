import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { cluster, namespace } from './system.ts';

/** A way to one pod's port on 127.0.0.1, past every Service. */
export interface Forward {
  readonly port: number;
  stop(): void;
}

/** Opens a way to a pod of the release by `kubectl port-forward`; it ends with this process at the latest. */
export async function forwardTo(pod: string, port: number): Promise<Forward> {
  const { binaries, kubeconfig } = cluster();
  const kubectl = [join(binaries['kubernetes'] ?? '', 'kubectl'), '--kubeconfig', kubeconfig];
  const args = [...kubectl, '--namespace', namespace, 'port-forward', `pod/${pod}`, `:${port}`];
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  const chunks: unknown[] = await once(child.stdout, 'data', { signal: AbortSignal.timeout(30_000) });
  child.stdout.resume();
  const [, found] = /127\.0\.0\.1:(\d+) ->/.exec(String(chunks[0])) ?? [];
  if (found === undefined) throw new Error(`kubectl does not say where it forwards ${pod} to: ${String(chunks[0])}`);
  return { port: Number(found), stop: () => child.kill('SIGKILL') };
}
