import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { madeReadTokenSchema } from '@docksnap/contract';
import { parse, stringify } from 'yaml';
import * as z from 'zod';
import { exampleContainers, examplePush } from '../../../api/src/testing/example-cluster.ts';
import { startLocalApi } from '../../local-api/local-api.ts';
import { nodeName } from '../../local-api/objects.ts';
import { until } from '../../system/support/until.ts';
import type { Drill, Row } from '../drill.ts';
import { blocksOf, textOf } from '../../docs/blocks.ts';
import { Prometheus } from './prometheus.ts';

const scrapedMs = 60_000;
const tickMs = 10_000;
/** Seconds of CPU that a container of one core has used at the example's last tick. */
const usedSeconds = 1000 + 71 * 10;

export const drill: Drill = {
  title: 'a real Prometheus reads DockSnap with the configuration of docs/exports.md',
  expectedMinutes: 1,
  async run({ folder, progress }) {
    progress('an API of its own, with a database and an API server of Kubernetes');
    const api = await startLocalApi(folder);
    let prometheus: Prometheus | undefined;
    try {
      const tickAtMs = Math.floor(Date.now() / tickMs) * tickMs;
      await api.push(await api.agentToken(), examplePush(nodeName, tickAtMs));
      const person = await api.signedIn();
      const made = await person.send('POST', '/api/v1/read-tokens', { name: 'prometheus', namespaces: ['shop'] });
      const { id, token } = madeReadTokenSchema.parse(await made.json());
      const tokenFile = join(folder, 'token');
      await writeFile(tokenFile, token, { mode: 0o600 });
      progress('Prometheus, which is built when it is not there yet');
      prometheus = await Prometheus.start(configFor(api.origin, tokenFile), folder);
      const before = await scraped(prometheus, tickAtMs);
      progress('the token is revoked');
      await person.send('DELETE', `/api/v1/read-tokens/${id}`);
      return [...before, await afterRevocation(prometheus)];
    } finally {
      await prometheus?.stop();
      await api.stop();
    }
  },
};

const configSchema = z.object({ scrape_configs: z.array(z.record(z.string(), z.unknown())) });

/** The documented configuration, with this API for its target and a shorter interval. */
function configFor(origin: string, tokenFile: string): string {
  const [block = ''] = blocksOf(textOf('docs/exports.md'), 'yaml');
  const [documented] = configSchema.parse(parse(block)).scrape_configs;
  const rest = Object.entries(documented ?? {}).filter(([name]) => name !== 'tls_config');
  const here = {
    scheme: 'http',
    scrape_interval: '1s',
    authorization: { credentials_file: tokenFile },
    static_configs: [{ targets: [new URL(origin).host] }],
  };
  return stringify({ scrape_configs: [{ ...Object.fromEntries(rest), ...here }] });
}

async function scraped(prometheus: Prometheus, tickAtMs: number): Promise<Row[]> {
  const cpu = 'container_cpu_usage_seconds_total';
  const expected = exampleContainers.filter(({ node, namespace }) => node === nodeName && namespace === 'shop');
  await until('the first scrape', scrapedMs, async () => (await prometheus.query(cpu)).length > 0);
  const up = await prometheus.query('up{job="docksnap"}');
  const seconds = await prometheus.query(cpu);
  const times = await prometheus.query(`timestamp(${cpu})`);
  const limits = await prometheus.query('kube_pod_container_resource_limits{resource="cpu"}');
  const others = await prometheus.query('{namespace!="shop",job="docksnap",__name__=~"container_.*|kube_.*|node_.*"}');
  const perContainer = (values: typeof seconds): string =>
    values
      .map(({ labels, value }) => `${labels['pod'] ?? ''}/${labels['container'] ?? ''} ${value}`)
      .sort()
      .join(', ');
  return [
    { step: 'the target', expected: 'up 1', found: `up ${up[0]?.value ?? 'unknown'}` },
    {
      step: 'CPU seconds as they were scraped',
      expected: expected
        .map(({ pod, name, cores }) => `${pod}/${name} ${usedSeconds * cores}`)
        .sort()
        .join(', '),
      found: perContainer(seconds),
    },
    {
      step: 'sample times are those of the kubelet',
      expected: String(tickAtMs / 1000),
      found: [...new Set(times.map(({ value }) => value))].join(', '),
    },
    {
      step: 'limits',
      expected: expected
        .map(({ pod, name }) => `${pod}/${name} 2`)
        .sort()
        .join(', '),
      found: perContainer(limits),
    },
    { step: 'rows of other namespaces', expected: '0', found: String(others.length) },
  ];
}

async function afterRevocation(prometheus: Prometheus): Promise<Row> {
  const down = async (): Promise<boolean> => (await prometheus.query('up{job="docksnap"}'))[0]?.value === 0;
  await until('a refused scrape', scrapedMs, down);
  return { step: 'after its revocation the token opens nothing', expected: 'up 0', found: 'up 0' };
}
