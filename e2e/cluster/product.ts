import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { BuiltImage } from '../images/image.ts';
import type { Cluster } from './handle.ts';
import { applyManifest } from './manifests.ts';
import { nodeNames } from './network.ts';
import { CHECKOUT } from './paths.ts';
import { until } from './wait.ts';

/** The namespace and the name of the release. */
export const RELEASE = 'docksnap';
const INSTALL_TIMEOUT_MS = 6 * 60_000;
const REPORTING_TIMEOUT_MS = 180_000;

/** The images that the chart is told to use, by part. */
export type ProductImages = Readonly<Record<'agent' | 'api' | 'operator' | 'trialDatabase', BuiltImage>>;

/** Packages the chart and installs the package, or upgrades what is installed. */
export async function installChart(cluster: Cluster, images: ProductImages): Promise<void> {
  const folder = join(cluster.stateDir, 'chart');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const printed = await cluster.helm(['package', join(CHECKOUT, 'charts/docksnap'), '--destination', folder]);
  const archive = /saved it to: (.+\.tgz)/.exec(printed)?.[1];
  if (archive === undefined) throw new Error(`helm did not say where it put the package: ${printed}`);

  await applyManifest(cluster, join(import.meta.dirname, 'manifests/namespace.yaml'), { NAMESPACE: RELEASE });
  const values = JSON.stringify(chartValues(images));
  await cluster.helm(
    ['upgrade', '--install', RELEASE, archive, '--namespace', RELEASE, '--values', '-', '--wait', '--timeout', '5m'],
    {
      input: values,
      timeoutMs: INSTALL_TIMEOUT_MS,
    },
  );
}

/** What differs from the chart's defaults: images of this machine, and the volume that it offers. */
export function chartValues(images: ProductImages): Record<string, unknown> {
  const image = ({ reference }: BuiltImage): Record<string, string> => {
    const colon = reference.lastIndexOf(':');
    return { repository: reference.slice(0, colon), tag: reference.slice(colon + 1), pullPolicy: 'Never' };
  };
  return {
    agent: { image: image(images.agent) },
    api: { image: image(images.api) },
    operator: { image: image(images.operator) },
    trialDatabase: { image: image(images.trialDatabase), storage: { storageClassName: 'docksnap-local' } },
  };
}

/** Applies the sample monitor that the README shows. */
export async function applyMonitor(cluster: Cluster): Promise<void> {
  await applyManifest(cluster, join(CHECKOUT, 'e2e/fixtures/monitor.yaml'));
}

const Monitor = z.object({
  metadata: z.object({ generation: z.int() }),
  status: z.object({
    observedGeneration: z.int(),
    nodes: z.object({ desired: z.int(), reporting: z.int() }),
    conditions: z.array(z.object({ type: z.string(), status: z.string(), message: z.string().optional() })),
  }),
});

/** Waits until the sample monitor is Ready: data of every node arrives. */
export async function waitForReports(cluster: Cluster): Promise<void> {
  await until({ complaint: 'not every node reported', timeoutMs: REPORTING_TIMEOUT_MS }, async () => {
    const text = await cluster.kubectl([
      'get',
      'docksnapmonitors.docksnap.io',
      'docksnap',
      '--namespace',
      RELEASE,
      '--output',
      'json',
    ]);
    const { status } = Monitor.parse(JSON.parse(text));
    const ready = status.conditions.find(({ type }) => type === 'Ready');
    if (ready?.status === 'True' && status.nodes.reporting === nodeNames.length) return undefined;
    return `${status.nodes.reporting} of ${nodeNames.length} nodes report (${ready?.message ?? 'the monitor has no condition Ready yet'})`;
  });
}
