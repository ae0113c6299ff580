import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import * as z from 'zod';
import { CHECKOUT } from '../cluster/paths.ts';
import { conditionOf, kubectl, kubectlJson, monitor, namespace, podsOf, untilAllReport } from './support/system.ts';
import { until } from './support/until.ts';

const daemonSets = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), uid: z.string() }),
      spec: z.object({
        template: z.object({ spec: z.object({ nodeSelector: z.record(z.string(), z.string()).optional() }) }),
      }),
    }),
  ),
});

async function agents(): Promise<z.infer<typeof daemonSets>['items'][number] | undefined> {
  const list = await kubectlJson(daemonSets, 'get', 'daemonsets', '-n', namespace);
  return list.items[0];
}

describe('the monitor, driven by kubectl', () => {
  const sample = join(CHECKOUT, 'e2e/fixtures/monitor.yaml');

  beforeAll(async () => {
    await untilAllReport();
  }, 240_000);

  afterAll(async () => {
    await kubectl('apply', '-f', sample);
    await untilAllReport();
  }, 240_000);

  it('repairs what a hand changed within 5 seconds', async () => {
    const name = (await agents())?.metadata.name ?? '';
    const patch = JSON.stringify({ spec: { template: { spec: { nodeSelector: { 'kubernetes.io/os': 'other' } } } } });
    await kubectl('patch', 'daemonset', name, '-n', namespace, '--type=merge', '-p', patch);
    await until('the node selector as it should be', 5000, async () => {
      return (await agents())?.spec.template.spec.nodeSelector?.['kubernetes.io/os'] === 'linux';
    });
    await untilAllReport();
  }, 240_000);

  it('rolls the agents when it is edited', async () => {
    const before = (await podsOf('agent')).map((pod) => pod.metadata.uid);
    await kubectl(
      'patch',
      'dsm',
      'docksnap',
      '-n',
      namespace,
      '--type=merge',
      '-p',
      '{"spec":{"scrapeIntervalSeconds":15}}',
    );
    await until('other agents in their places', 180_000, async () => {
      const pods = await podsOf('agent');
      return pods.length === before.length && pods.every((pod) => !before.includes(pod.metadata.uid));
    });
    await until('the status to follow', 180_000, async () => {
      const now = await monitor();
      return now.status.observedGeneration === now.metadata.generation && conditionOf(now, 'Ready')?.status === 'True';
    });
  }, 400_000);

  it.each([
    ['an interval below its bound', { scrapeIntervalSeconds: 1 }, 'scrapeIntervalSeconds'],
    ['an unknown field', { scrapeEvery: 5 }, 'scrapeEvery'],
    [
      'a time-out longer than the interval',
      { scrapeIntervalSeconds: 10, scrapeTimeoutSeconds: 20 },
      'scrapeTimeoutSeconds',
    ],
  ])('is refused with %s, in words', async (_sentence, spec, words) => {
    const patch = JSON.stringify({ spec });
    const refused = kubectl(
      'patch',
      'dsm',
      'docksnap',
      '-n',
      namespace,
      '--type=merge',
      '-p',
      patch,
      '--validate=strict',
    );
    await expect(refused).rejects.toThrow(words);
  });

  it('takes its agents with it when it is deleted', async () => {
    await kubectl('delete', 'dsm', 'docksnap', '-n', namespace);
    await until('no DaemonSet and no agent', 90_000, async () => {
      return (await agents()) === undefined && (await podsOf('agent')).length === 0;
    });
  }, 120_000);
});
