import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { platform } from 'node:process';
import type { Kubectl } from './kubectl.ts';
import { KubectlError } from './kubectl.ts';
import { forwardToApi } from './port-forward.ts';

const API = ['get', 'deployments', '--all-namespaces', '--field-selector', 'metadata.name=docksnap-api'];

/** Forwards a port to the API and opens it in the browser, until the forward ends. @throws {KubectlError} */
export async function open(kubectl: Kubectl, namespace: string | undefined, browser: boolean): Promise<void> {
  const forward = await forwardToApi(kubectl, namespace ?? (await apiNamespace(kubectl)));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      forward.close();
    });
  }
  process.stdout.write(`${forward.origin} leads to the console until you press Ctrl-C\n`);
  if (browser) openBrowser(forward.origin);
  await once(forward.process, 'exit');
}

async function apiNamespace(kubectl: Kubectl): Promise<string> {
  const found = (await kubectl.run(...API, '--output', 'jsonpath={.items[*].metadata.namespace}')).trim();
  const [first, ...more] = found.split(/\s+/).filter((name) => name !== '');
  if (first === undefined) throw new KubectlError('there is no DockSnap API in this cluster: install the chart first');
  if (more.length > 0) throw new KubectlError(`there are several DockSnap APIs: name one of ${found} by --namespace`);
  return first;
}

/** The program that opens an address, by platform. */
const openers = new Map<string, readonly [string, ...string[]]>([
  ['darwin', ['open']],
  ['win32', ['cmd', '/c', 'start', '']],
]);

function openBrowser(url: string): void {
  const [command, ...args] = openers.get(platform) ?? ['xdg-open'];
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  child.once('error', () => {
    process.stdout.write('No browser could be started: open the address yourself\n');
  });
  child.unref();
}
