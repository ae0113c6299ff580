import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type MadeReadToken, madeReadTokenSchema, nodeListSchema, samplesAnswerSchema } from '@docksnap/contract';
import * as z from 'zod';
import type { ApiClient } from './support/api-client.ts';
import { millionths, type Row, rowsOf } from './support/kubelet-page.ts';
import { consoleOrigin, kubectlJson, signedIn } from './support/system.ts';
import { until } from './support/until.ts';

const askMs = 15_000;
/** A container that just started has samples within a few scrapes. */
const sampledMs = 120_000;

const podsSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), namespace: z.string(), uid: z.string() }),
      spec: z.object({ nodeName: z.string(), containers: z.array(z.object({ name: z.string() })) }),
      status: z.object({ phase: z.string() }),
    }),
  ),
});

let person: ApiClient;
let everything: MadeReadToken;
let shop: MadeReadToken;

beforeAll(async () => {
  person = await signedIn();
  everything = await made({ name: 'a test' });
  shop = await made({ name: 'a test of one namespace', namespaces: ['shop'] });
});

afterAll(async () => {
  for (const { id } of [everything, shop]) await person.send('DELETE', `/api/v1/read-tokens/${id}`);
});

async function made(asked: object): Promise<MadeReadToken> {
  return madeReadTokenSchema.parse(await (await person.send('POST', '/api/v1/read-tokens', asked)).json());
}

async function read(path: string, { token }: MadeReadToken): Promise<Response> {
  const headers = { authorization: `Bearer ${token}` };
  return fetch(consoleOrigin() + path, { headers, signal: AbortSignal.timeout(askMs) });
}

async function rows(token: MadeReadToken, family: string): Promise<Row[]> {
  return rowsOf(await (await read('/api/v1/metrics', token)).text()).filter((row) => row.family === family);
}

const place = ({ labels }: Row): string =>
  ['node', 'namespace', 'pod', 'container'].map((name) => labels.get(name) ?? '').join('/');

describe('the page for Prometheus', () => {
  it('has every container that Kubernetes says is running, on its node', async () => {
    const { items } = await kubectlJson(podsSchema, 'get', 'pods', '-n', 'shop');
    const running = items
      // The leaking one is killed again and again: its pod is Running while its container is not.
      .filter(({ metadata, status }) => status.phase === 'Running' && !metadata.name.startsWith('leaking-'))
      .flatMap(({ metadata, spec }) =>
        spec.containers.map(({ name }) => `${spec.nodeName}/shop/${metadata.name}/${name}`),
      );
    expect(running.length).toBeGreaterThan(0);
    const seen = await until('a row for each', sampledMs, async () => {
      const places = (await rows(shop, 'container_memory_working_set_bytes')).map(place);
      return running.every((each) => places.includes(each)) && places;
    });
    expect(seen.filter((each) => each.split('/')[1] !== 'shop')).toEqual([]);
  });

  it('has each node, for those who may see nodes', async () => {
    const nodes = (await rows(everything, 'node_cpu_usage_seconds_total')).map(({ labels }) => labels.get('node'));
    expect(nodes.sort()).toEqual(['node1', 'node2']);
    expect(await rows(shop, 'node_cpu_usage_seconds_total')).toEqual([]);
  });

  it('has what was stored, at the time at which the kubelet took it', async () => {
    const { items } = nodeListSchema.parse(await (await read('/api/v1/nodes', everything)).json());
    const { items: pods } = await kubectlJson(podsSchema, 'get', 'pods', '-n', 'shop');
    const row = await until(
      'a counter',
      sampledMs,
      async () => (await rows(shop, 'container_cpu_usage_seconds_total'))[0],
    );
    const [node = '', , pod = '', container = ''] = place(row).split('/');
    const uid = pods.find(({ metadata }) => metadata.name === pod)?.metadata.uid ?? '';
    const id = `${items.find(({ name }) => name === node)?.id ?? ''}~${uid}~${container}`;
    const query = `container=${id}&metrics=cpuUsageMicros`;
    const { series } = samplesAnswerSchema.parse(await (await read(`/api/v1/samples?${query}`, shop)).json());
    const stored = series.flatMap(({ timestamps, values }) => timestamps.map((atMs, index) => [atMs, values[index]]));
    expect(stored).toContainEqual([row.timestampMs, Number(millionths(row.value))]);
  });
});

describe('a file of raw samples', () => {
  it('of this hour and a namespace is Parquet', async () => {
    const hour = new Date().toISOString().slice(0, 13);
    const answer = await read(`/api/v1/exports/${hour}/namespaces/shop.parquet`, shop);
    const file = Buffer.from(await answer.arrayBuffer());
    expect([answer.status, file.toString('latin1', 0, 4), file.toString('latin1', file.length - 4)]).toEqual([
      200,
      'PAR1',
      'PAR1',
    ]);
  });
});

describe('a read token', () => {
  it('opens nothing within seconds of its revocation', async () => {
    const token = await made({ name: 'a mistake' });
    expect((await read('/api/v1/nodes', token)).status).toBe(200);
    expect((await person.send('DELETE', `/api/v1/read-tokens/${token.id}`)).status).toBe(204);
    await until(
      'a refusal by whichever replica answers',
      10_000,
      async () => (await read('/api/v1/nodes', token)).status === 401,
    );
  });
});
