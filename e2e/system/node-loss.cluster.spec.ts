import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { nodeListSchema } from '@docksnap/contract';
import type { Browser } from 'playwright-core';
import type { ApiClient } from './support/api-client.ts';
import { logIn, openBrowser, openPage, picture } from './support/browser.ts';
import type { NodeName } from '../cluster/handle.ts';
import {
  adminPassword,
  cluster,
  conditionOf,
  consoleOrigin,
  kubectl,
  monitor,
  namespace,
  podsOf,
  signedIn,
  untilAllReport,
} from './support/system.ts';
import { until } from './support/until.ts';

/** The node that runs neither the control plane nor the volume of the database. */
const lost = 'node2';
const noticedWithinMs = 60_000;

/** Has API and operator run elsewhere, so that what is watched is the loss of a node with agents alone. */
async function moveOff(node: NodeName): Promise<void> {
  const pods = [...(await podsOf('api')), ...(await podsOf('operator'))].filter((pod) => pod.spec.nodeName === node);
  if (pods.length === 0) return;
  await kubectl('cordon', node);
  try {
    await kubectl('delete', 'pod', '-n', namespace, ...pods.map((pod) => pod.metadata.name));
    await kubectl('rollout', 'status', '-n', namespace, 'deployment/docksnap-api', '--timeout=100s');
    await kubectl('rollout', 'status', '-n', namespace, 'deployment/docksnap-operator', '--timeout=100s');
  } finally {
    await kubectl('uncordon', node);
  }
  await untilAllReport();
}

describe('a node that loses its power', () => {
  let client: ApiClient;
  let browser: Browser;

  beforeAll(async () => {
    await untilAllReport();
    await moveOff(lost);
    client = await signedIn();
    browser = await openBrowser();
    await cluster().powerOff(lost);
  }, 300_000);

  afterAll(async () => {
    await browser.close();
    await cluster().powerOn(lost);
    await untilAllReport(300_000);
  }, 320_000);

  it('is named in the status, by the API and in the console within 60 seconds', async () => {
    const { page } = await openPage(browser, 'light');
    await page.goto(consoleOrigin());
    await logIn(page, await adminPassword());
    const [named] = await Promise.all([
      until('the monitor naming the node', noticedWithinMs, async () => {
        const { status } = await monitor();
        return status.unhealthyNodes.find((node) => node.name === lost);
      }),
      until('the API calling the node silent', noticedWithinMs, async () => {
        const { items } = await client.get('/api/v1/nodes', nodeListSchema);
        return items.find((node) => node.name === lost)?.state === 'silent';
      }),
      page.getByRole('row', { name: `Silent: ${lost}` }).waitFor({ timeout: noticedWithinMs }),
    ]);
    await picture(page, 'fleet-silent', 'light');
    expect(named.message).not.toBe('');
  }, 90_000);

  it('leaves the other node as it was', async () => {
    const { items } = await client.get('/api/v1/nodes', nodeListSchema);
    expect(items.find((node) => node.name === 'node1')).toMatchObject({ state: 'reporting', silence: null });
  });

  it('is named with what Kubernetes says of it, which alone does not make the monitor unready', async () => {
    await until('NodeNotReady in the status', 180_000, async () => {
      const now = await monitor();
      const named = now.status.unhealthyNodes.find((node) => node.name === lost);
      return named?.reason === 'NodeNotReady' && conditionOf(now, 'DataFlowing')?.status === 'True';
    });
  }, 200_000);
});
