import * as z from 'zod';
import type { BuiltImage } from '../../images/image.ts';
import type { Cluster } from '../../cluster/handle.ts';
import { nodeNames } from '../../cluster/network.ts';
import { RELEASE, type ProductImages } from '../../cluster/start/chart.ts';
import { ApiClient } from '../../system/support/api-client.ts';
import { until } from '../../system/support/until.ts';

const REPORTS_WITHIN_MS = 5 * 60_000;

const image = z.object({ image: z.object({ repository: z.string(), tag: z.string() }) });
const valuesSchema = z.object({ agent: image, api: image, operator: image, trialDatabase: image });
const monitorSchema = z.object({
  status: z.object({
    nodes: z.object({ updated: z.int().default(0), reporting: z.int().default(0) }),
    unhealthyNodes: z.array(z.object({ name: z.string() })).default([]),
    conditions: z.array(z.object({ type: z.string(), status: z.string() })),
  }),
});

/** The images that the release runs now. */
export async function imagesOf(cluster: Cluster): Promise<ProductImages> {
  const values = await cluster.helm(['get', 'values', RELEASE, '--namespace', RELEASE, '--output', 'json']);
  const { agent, api, operator, trialDatabase } = valuesSchema.parse(JSON.parse(values));
  const built = ({ image: { repository, tag } }: z.infer<typeof image>): BuiltImage => ({
    reference: `${repository}:${tag}`,
    archive: '',
  });
  return { agent: built(agent), api: built(api), operator: built(operator), trialDatabase: built(trialDatabase) };
}

/** A client with the admin's session. */
export async function signIn(cluster: Cluster): Promise<ApiClient> {
  const client = new ApiClient(new URL(cluster.consoleUrl).origin);
  await until('signing in as admin', 2 * 60_000, async () => {
    const secret = ['get', 'secret', 'docksnap-admin', '--namespace', RELEASE, '--output', 'jsonpath={.data.password}'];
    const password = Buffer.from(await cluster.kubectl(secret), 'base64').toString();
    return (await client.login('admin', password)) === 204;
  });
  return client;
}

/** Waits until every node has an agent of the newest kind and reports. */
export async function untilReady(cluster: Cluster): Promise<void> {
  await until('every node reporting', REPORTS_WITHIN_MS, async () => {
    const { conditions, nodes } = await statusOf(cluster);
    const ready = conditions.find(({ type }) => type === 'Ready');
    const { updated, reporting } = nodes;
    return ready?.status === 'True' && reporting === nodeNames.length && updated === nodeNames.length;
  });
}

async function statusOf(cluster: Cluster) {
  const asked = ['get', 'dsm', 'docksnap', '--namespace', RELEASE, '--output', 'json'];
  return monitorSchema.parse(JSON.parse(await cluster.kubectl(asked))).status;
}

/** Waits until no node reports, and each is named. */
export async function untilSilent(cluster: Cluster): Promise<void> {
  await until('every node being named as silent', REPORTS_WITHIN_MS, async () => {
    const { nodes, unhealthyNodes } = await statusOf(cluster);
    return nodes.reporting === 0 && unhealthyNodes.length === nodeNames.length;
  });
}

/** The names of what is there of a kind in the release's namespace. */
export async function namesOf(cluster: Cluster, kind: string): Promise<string[]> {
  const printed = await cluster.kubectl(['get', kind, '--namespace', RELEASE, '--output', 'name']);
  return printed.split('\n').filter((line) => line !== '');
}
