import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BuiltImage } from '../../images/image.ts';
import type { Cluster } from '../handle.ts';
import { applyManifest } from './manifests.ts';
import { CHECKOUT } from '../paths.ts';
import { CommandError } from '../process.ts';

/** The namespace and the name of the release. */
export const RELEASE = 'docksnap';

const INSTALL_TIMEOUT_MS = 4 * 60_000;

/** The images that the chart is told to use, by part. */
export type ProductImages = Readonly<Record<'agent' | 'api' | 'operator' | 'trialDatabase', BuiltImage>> & {
  /** Where cAdvisor can be had for this machine. */
  readonly cadvisor?: BuiltImage | undefined;
};

/** Packages the chart and installs the package, or upgrades what is installed. @throws {CommandError} with what its pods say. */
export async function installChart(cluster: Cluster, images: ProductImages): Promise<void> {
  const archive = await packageChart(cluster);
  await applyManifest(cluster, join(import.meta.dirname, '../manifests/namespace.yaml'), { NAMESPACE: RELEASE });
  const wait = ['--wait', '--timeout', `${INSTALL_TIMEOUT_MS / 1_000}s`];
  try {
    await cluster.helm(['upgrade', '--install', RELEASE, archive, '--namespace', RELEASE, '--values', '-', ...wait], {
      input: JSON.stringify(chartValues(images)),
      timeoutMs: INSTALL_TIMEOUT_MS + 30_000,
    });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw new CommandError(`${error.message}\n${await podsOf(cluster)}`, { cause: error });
  }
}

/** @returns the path of the packaged chart. */
export async function packageChart(cluster: Cluster): Promise<string> {
  const folder = join(cluster.stateDir, 'chart');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const printed = await cluster.helm(['package', join(CHECKOUT, 'charts/docksnap'), '--destination', folder]);
  const archive = /saved it to: (.+\.tgz)/.exec(printed)?.[1];
  if (archive === undefined) throw new Error(`helm did not say where it put the package: ${printed}`);
  return archive;
}

/** What differs from the chart's defaults: images of this machine, and the volume that it offers. */
export function chartValues(images: ProductImages): Record<string, unknown> {
  return {
    agent: {
      image: imageValue(images.agent),
      ...(images.cadvisor !== undefined && { cadvisorImage: images.cadvisor.reference }),
    },
    api: { image: imageValue(images.api) },
    operator: { image: imageValue(images.operator) },
    trialDatabase: { image: imageValue(images.trialDatabase), storage: { storageClassName: 'docksnap-local' } },
  };
}

function imageValue({ reference }: BuiltImage): Record<string, string> {
  const colon = reference.lastIndexOf(':');
  return { repository: reference.slice(0, colon), tag: reference.slice(colon + 1), pullPolicy: 'Never' };
}

async function podsOf(cluster: Cluster): Promise<string> {
  const pods = await cluster.kubectl(['get', 'pods', '--namespace', RELEASE]);
  const logs = [
    'logs',
    '--namespace',
    RELEASE,
    '--selector',
    'app.kubernetes.io/name=docksnap',
    '--prefix',
    '--tail=5',
  ];
  return `${pods}\n${await cluster.kubectl(logs)}`;
}
