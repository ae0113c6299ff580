import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Plan } from './plan.ts';

const RETRY_MS = 3_000;
const PROBE_EVERY_MS = 2_000;
const PROBE_TIMEOUT_MS = 5_000;
const FAILED_PROBES = 2;

/** Keeps the console of whichever pod now runs the API within reach on this machine's loopback address, for ever. */
export async function keepConsoleForward(plan: Plan, kubeconfig: string): Promise<never> {
  const kubectl = join(plan.binaries['kubernetes'] ?? '', 'kubectl');
  const port = String(plan.consolePort);
  for (;;) {
    const forward = spawn(
      'setpriv',
      [
        '--pdeathsig',
        'KILL',
        kubectl,
        '--kubeconfig',
        kubeconfig,
        '--namespace',
        'docksnap',
        'port-forward',
        'deployment/docksnap-api',
        `${port}:8080`,
      ],
      { stdio: 'ignore' },
    );
    const ended = once(forward, 'exit');
    // kubectl stays connected to a pod that is gone until someone asks; so we ask.
    for (let failed = 0; forward.exitCode === null && failed < FAILED_PROBES;) {
      await Promise.race([ended, sleep(PROBE_EVERY_MS)]);
      failed = (await answers(port)) ? 0 : failed + 1;
    }
    forward.kill('SIGKILL');
    await sleep(RETRY_MS);
  }
}

async function answers(port: string): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) }).then(
    async (response) => {
      await response.body?.cancel();
      return true;
    },
    () => false,
  );
}
