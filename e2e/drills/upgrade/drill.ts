import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../../cluster/handle.ts';
import { readClusterFile } from '../../cluster/cluster-file.ts';
import { installChart, RELEASE, type ProductImages } from '../../cluster/start/chart.ts';
import { StartContext } from '../../cluster/start/context.ts';
import { provideProductImages } from '../../cluster/start/images.ts';
import { stateFiles } from '../../cluster/state.ts';
import { buildWorkspace, isWorkspaceBuilt, workspaces } from '../../images/workspaces.ts';
import type { Drill, Row } from '../drill.ts';
import { Ledger } from './ledger.ts';
import { Load } from './load.ts';
import { PreviousRelease } from './previous.ts';
import { imagesOf, namesOf, signIn, untilReady, untilSilent } from './release.ts';

/** Both versions run side by side for this long. */
const SIDE_BY_SIDE_MS = 60_000;
const UNINSTALL_TIMEOUT_MS = 5 * 60_000;
/** By kind and name: no agents, no pods, but the monitor and the history. */
const LEFT = ['docksnapmonitor.docksnap.io/docksnap', 'persistentvolumeclaim/data-docksnap-database-0'];
const DRILL_INTERVAL = { spec: { scrapeIntervalSeconds: 5 } };

/** Upgrade from the release before, both ways round, under load; roll-back; uninstall; install. */
export const drill: Drill = {
  title: 'From the release before to this one and back, under load',
  expectedMinutes: 20,
  async run({ progress }) {
    const previous = await PreviousRelease.unpack();
    progress(`starting a cluster with ${previous.title}`);
    const cluster = await previous.start();
    try {
      return [...(await upgrade(cluster, progress)), ...(await uninstall(cluster, progress))];
    } finally {
      await previous.stop();
    }
  },
};

type Progress = (line: string) => void;

async function upgrade(cluster: Cluster, progress: Progress): Promise<Row[]> {
  const before = await imagesOf(cluster);
  const now = await currentImages(cluster, progress);
  await patchMonitor(cluster, DRILL_INTERVAL);
  await untilReady(cluster);
  const ledger = new Ledger();
  const fromMs = Date.now();
  let client = await signIn(cluster);
  const load = new Load(async (path) => (await client.send('GET', path)).status);
  const rows: Row[] = [];

  /** Installs what runs next, after what the API of now has stored is counted, and sees that every node reports. */
  const step = async (name: string, change: () => Promise<void>): Promise<void> => {
    progress(name);
    await ledger.add(client, fromMs);
    await change();
    client = await signIn(cluster);
    await untilReady(cluster);
    await sleep(SIDE_BY_SIDE_MS);
    await untilReady(cluster);
    rows.push({ step: name, expected: 'every node reports', found: 'every node reports' });
  };
  /** The API of before does not know the blocks of now: they wait on the nodes, which the monitor names. */
  const hold = async (name: string, change: () => Promise<void>): Promise<void> => {
    progress(name);
    await ledger.add(client, fromMs);
    await change();
    await untilSilent(cluster);
    rows.push({ step: name, expected: 'every node is named as silent', found: 'every node is named as silent' });
  };
  const install = (images: ProductImages) => async () => installChart(cluster, images);
  try {
    await step('the new API with agents and operator of before', install({ ...before, api: now.api }));
    await step('all of it new', install(now));
    await hold('the API of before with new agents', install({ ...now, api: before.api }));
    await step('all of it new again', install(now));
    await ledger.add(client, fromMs);
  } finally {
    await load.stop();
  }
  const lost = ledger.missing;
  rows.push({ step: `ticks of ${ledger.stored} that are missing`, expected: '0', found: String(lost.length) });
  progress(`${load.answered} questions answered, ${load.refused} while an API restarted`);
  if (lost.length > 0) progress(`missing: ${lost.slice(0, 20).join('; ')}`);

  await step('rolled back to the first revision', async () => {
    await cluster.helm(['rollback', RELEASE, '1', '--namespace', RELEASE, '--wait', '--timeout', '5m'], {
      timeoutMs: UNINSTALL_TIMEOUT_MS + 30_000,
    });
  });
  await step('upgraded after the roll-back', install(now));
  return rows;
}

async function uninstall(cluster: Cluster, progress: Progress): Promise<Row[]> {
  progress('uninstall, with the monitor in place');
  const now = await imagesOf(cluster);
  await cluster.helm(['uninstall', RELEASE, '--namespace', RELEASE, '--wait'], { timeoutMs: UNINSTALL_TIMEOUT_MS });
  const left = await Promise.all(['daemonsets', 'dsm', 'pvc'].map(async (kind) => namesOf(cluster, kind)));
  progress('install');
  await installChart(cluster, now);
  await untilReady(cluster);
  return [
    { step: 'left by an uninstall', expected: LEFT.join(' '), found: left.flat().join(' ') },
    { step: 'installed again', expected: 'every node reports', found: 'every node reports' },
  ];
}

/** This checkout's images, brought to the nodes of that cluster. */
async function currentImages(cluster: Cluster, progress: Progress): Promise<ProductImages> {
  for (const workspace of workspaces.filter((one) => !isWorkspaceBuilt(one))) {
    progress(`building the ${workspace.name}`);
    await buildWorkspace(workspace);
  }
  progress('bringing this checkout’s images to the nodes');
  const context = new StartContext(cluster.stateDir);
  const file = readClusterFile(stateFiles(cluster.stateDir).cluster);
  if (file === undefined) throw new Error('BUG: the cluster of the drill has no file');
  context.opened(file);
  await provideProductImages(context);
  return {
    agent: context.image('agent'),
    api: context.image('api'),
    operator: context.image('operator'),
    trialDatabase: context.image('trial-database'),
  };
}

async function patchMonitor(cluster: Cluster, patch: object): Promise<void> {
  const patched = ['patch', 'dsm', 'docksnap', '--namespace', RELEASE, '--type', 'merge'];
  await cluster.kubectl([...patched, '--patch', JSON.stringify(patch)]);
}
