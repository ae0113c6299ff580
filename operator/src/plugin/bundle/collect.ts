import * as z from 'zod';
import type { Where } from '../command-line.ts';
import type { Kubectl } from '../kubectl.ts';
import { textWithoutSecrets, withoutSecrets } from './redact.ts';

const OWN = 'app.kubernetes.io/name=docksnap';
const LOG_LINES = 2000;
const podsSchema = z.object({
  items: z.array(z.object({ metadata: z.object({ name: z.string(), namespace: z.string() }) })),
});
const MOST_LOGS = 100;

/** Everything that the bundle holds, by file name: objects and logs without what may be secret. */
export async function collect(kubectl: Kubectl, { namespace }: Where): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  /** What cannot be had is told in its place. */
  const add = async (name: string, ask: () => Promise<string>): Promise<void> => {
    const text = await ask().catch(
      (error: unknown) => `this could not be read: ${textWithoutSecrets(String(error))}\n`,
    );
    files.set(`docksnap-support/${name}`, text);
  };
  const objects =
    (kind: string, where: string | undefined, ...more: string[]) =>
    async () =>
      `${JSON.stringify(withoutSecrets(await kubectl.list(kind, where, ...more)), undefined, 2)}\n`;

  await add('version.json', async () => kubectl.run('version', '--output', 'json'));
  await add('monitors.json', objects('docksnapmonitors.docksnap.io', namespace));
  await add('nodes.json', objects('nodes', undefined));
  for (const kind of ['daemonsets', 'deployments', 'statefulsets', 'pods', 'persistentvolumeclaims', 'leases'])
    await add(`${kind}.json`, objects(kind, namespace, ...(kind === 'leases' ? [] : ['--selector', OWN])));
  await add('events.json', objects('events', namespace, '--field-selector', 'involvedObject.kind=DockSnapMonitor'));
  for (const [index, { name, where }] of (await ownPods(kubectl, namespace)).entries()) {
    const logs = ['logs', '--namespace', where, name, '--tail', String(LOG_LINES)];
    // Names in the archive are short: the number keeps them apart.
    await add(`logs/${String(index).padStart(2, '0')}-${`${where}_${name}`.slice(0, 60)}.txt`, async () =>
      textWithoutSecrets(await kubectl.run(...logs)),
    );
  }
  return files;
}

async function ownPods(kubectl: Kubectl, namespace: string | undefined): Promise<{ name: string; where: string }[]> {
  const { items } = podsSchema.parse(await kubectl.list('pods', namespace, '--selector', OWN));
  return items.slice(0, MOST_LOGS).map(({ metadata }) => ({ name: metadata.name, where: metadata.namespace }));
}
