import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { kubectlWords, KubectlError, type Kubectl } from './kubectl.ts';

const STARTS_WITHIN_MS = 15_000;

/** A port of this machine that leads to the API's http, which listens inside its pod alone. */
export interface Forward {
  readonly origin: string;
  readonly process: ChildProcess;
  close(): void;
}

/** Opens one. @throws {KubectlError} with kubectl's words */
export async function forwardToApi(kubectl: Kubectl, namespace: string): Promise<Forward> {
  const child = kubectl.start('port-forward', '--namespace', namespace, 'deployment/docksnap-api', ':8080');
  const said: string[] = [];
  child.once('error', (error) => said.push(kubectlWords(error)));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const timeout = setTimeout(() => child.kill(), STARTS_WITHIN_MS);
  const port = await portOf(child.stdout);
  clearTimeout(timeout);
  if (port === undefined)
    throw new KubectlError(`no port could be forwarded to the API in ${namespace}: ${said.join('').trim()}`);
  child.stdout.resume(); // A full pipe would stop kubectl.
  return {
    origin: `http://127.0.0.1:${port}`,
    process: child,
    close: () => {
      child.kill();
    },
  };
}

/** The port that kubectl has chosen; undefined when it ends without one. */
async function portOf(output: Readable): Promise<string | undefined> {
  let text = '';
  return new Promise((resolve) => {
    output.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const port = /127\.0\.0\.1:(\d+)/.exec(text)?.[1];
      if (port !== undefined) resolve(port);
    });
    output.once('close', () => {
      resolve(undefined);
    });
  });
}
