import { join } from 'node:path';
import * as z from 'zod';
import { RELEASE } from './chart.ts';
import type { Cluster } from '../handle.ts';
import { applyManifest } from './manifests.ts';
import { nodeNames } from '../network.ts';
import { CHECKOUT } from '../paths.ts';
import { until } from './wait.ts';

const REPORTING_TIMEOUT_MS = 180_000;

const Lease = z.object({ spec: z.object({ renewTime: z.string() }) });

const Monitor = z.object({
  metadata: z.object({ generation: z.int() }),
  status: z.object({
    observedGeneration: z.int(),
    nodes: z.object({ reporting: z.int() }),
    conditions: z.array(z.object({ type: z.string(), status: z.string(), message: z.string() })),
  }),
});

/** Applies the sample monitor that the README shows. */
export async function applyMonitor(cluster: Cluster): Promise<void> {
  await applyManifest(cluster, join(CHECKOUT, 'e2e/fixtures/monitor.yaml'));
}

/** Waits until the sample monitor is Ready, by the word of an operator that lives since `sinceMs`: data of every node arrives. */
export async function waitForReports(cluster: Cluster, sinceMs: number): Promise<void> {
  const read = async (name: string): Promise<unknown> =>
    JSON.parse(await cluster.kubectl(['get', name, '--namespace', RELEASE, '--output', 'json']));
  await until({ complaint: 'not every node reported', timeoutMs: REPORTING_TIMEOUT_MS }, async () => {
    const lease = Lease.parse(await read('lease/docksnap-operator'));
    if (Date.parse(lease.spec.renewTime) < sinceMs) return 'the operator does not lead yet';
    return unreported(await read('docksnapmonitors.docksnap.io/docksnap'));
  });
}

/** What the monitor still lacks, in its own words; undefined when it is Ready and every node reports. */
export function unreported(json: unknown): string | undefined {
  const monitor = Monitor.safeParse(json);
  if (!monitor.success) return 'the operator has not written a status yet';
  const { metadata, status } = monitor.data;
  if (status.observedGeneration !== metadata.generation) return 'the operator has not seen the monitor yet';
  const ready = status.conditions.find(({ type }) => type === 'Ready');
  if (ready?.status === 'True' && status.nodes.reporting === nodeNames.length) return undefined;
  return `${status.nodes.reporting} of ${nodeNames.length} nodes report (${ready?.message ?? 'no condition Ready'})`;
}
