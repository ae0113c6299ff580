import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { gunzipSync } from 'node:zlib';
import { all, billing, ExampleApi, noonMs } from '../testing/example-api.ts';
import { exampleContainers } from '../testing/example-cluster.ts';
import { type PageFamily, readPage } from '../testing/prometheus-page.ts';

const example = new ExampleApi();
/** Seconds of CPU that a container of one core has used by the last tick of the example. */
const usedSeconds = 1000 + 71 * 10;

beforeAll(async () => example.start(), 60_000);
afterAll(async () => example.stop());

beforeEach(() => {
  example.scope = all;
});

async function answered(): Promise<Response> {
  const { url, cookie } = example.session;
  return fetch(`${url}/api/v1/metrics`, { headers: { cookie, 'accept-encoding': 'identity' } });
}

async function page(): Promise<ReadonlyMap<string, PageFamily>> {
  const answer = await answered();
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
  ]);
  return readPage(await answer.text());
}

const by = (family: PageFamily | undefined, ...names: string[]): Record<string, number> =>
  Object.fromEntries(
    (family?.rows ?? []).map(({ labels, value }) => [names.map((name) => labels[name]).join('/'), value]),
  );

describe('GET /api/v1/metrics', () => {
  it('has counters as they were scraped, in the unit of their name, at their own times', async () => {
    const family = (await page()).get('container_cpu_usage_seconds_total');
    expect(family?.type).toBe('COUNTER');
    expect(by(family, 'namespace', 'pod', 'container')).toEqual(
      Object.fromEntries(
        exampleContainers.map(({ namespace, pod, name, cores }) => [
          `${namespace}/${pod}/${name}`,
          usedSeconds * cores,
        ]),
      ),
    );
    expect(new Set(family?.rows.map(({ atMs }) => atMs))).toEqual(new Set([noonMs]));
    expect(family?.rows[0]?.labels).toEqual({
      container: 'server',
      image: 'registry.example/server:1',
      name: 'web-1-server-run',
      namespace: 'shop',
      node: 'node-1',
      pod: 'web-1',
    });
  });

  it.each([
    ['container_memory_working_set_bytes', ['pod', 'container'], { 'web-1/server': 100, 'ledger/ledger': 400 }],
    ['container_network_receive_bytes_total', ['namespace', 'pod'], { 'shop/web-1': usedSeconds * 300 }],
    ['node_cpu_usage_seconds_total', ['node'], { 'node-1': usedSeconds * 0.625, 'node-2': usedSeconds * 1.25 }],
    ['node_memory_working_set_bytes', ['node'], { 'node-1': 2000 }],
    ['container_start_time_seconds', ['container'], { server: 1_700_000_000 }],
    ['kube_node_status_capacity', ['node', 'resource', 'unit'], { 'node-1/cpu/core': 4, 'node-1/memory/byte': 8e9 }],
    ['kube_pod_info', ['namespace', 'pod', 'uid', 'node'], { 'shop/web-1/web-1-uid/node-1': 1 }],
    ['kube_pod_status_phase', ['pod', 'phase'], { 'web-1/Running': 1, 'web-1/Pending': 0, 'web-1/Failed': 0 }],
    ['kube_pod_container_status_restarts_total', ['pod', 'container'], { 'web-1/server': 0, 'web-1/proxy': 3 }],
    ['kube_pod_container_status_running', ['pod', 'container'], { 'web-1/server': 1 }],
    ['kube_pod_container_status_waiting', ['pod', 'container'], { 'web-1/server': 0 }],
    [
      'kube_pod_container_resource_limits',
      ['container', 'resource', 'unit', 'node'],
      { 'ledger/cpu/core/node-2': 2, 'ledger/memory/byte/node-2': 1000 },
    ],
    ['kube_pod_container_resource_requests', ['container', 'resource', 'unit'], { 'ledger/cpu/core': 0.1 }],
  ])('has %s by %j', async (name, labels, expected) => {
    expect(by((await page()).get(name), ...labels)).toMatchObject(expected);
  });

  it('has nodes in families of their own as the kubelet has them: by their name alone', async () => {
    const [row] = (await page()).get('node_cpu_usage_seconds_total')?.rows ?? [];
    expect(row?.labels).toEqual({ node: expect.stringMatching(/^node-[12]$/) });
  });

  it('has the state of things as of now: without a time', async () => {
    const family = (await page()).get('kube_pod_container_status_restarts_total');
    expect(new Set(family?.rows.map(({ atMs }) => atMs))).toEqual(new Set([undefined]));
  });

  it('has each family once, and no row twice', async () => {
    const text = await (await answered()).text();
    const lines = text.trimEnd().split('\n');
    const types = lines.filter((line) => line.startsWith('# TYPE '));
    expect(new Set(types).size).toBe(types.length);
    const rows = lines.filter((line) => !line.startsWith('#')).map((line) => line.replace(/ \S+( \d+)?$/, ''));
    expect(new Set(rows).size).toBe(rows.length);
  });

  it('shows each scope its own rows, and nodes to those who may see all', async () => {
    example.scope = billing;
    const families = await page();
    const rows = [...families.values()].flatMap((family) => family.rows);
    expect(new Set(rows.map(({ labels }) => labels['namespace']))).toEqual(new Set(['billing']));
    expect([...families.keys()].filter((name) => name.includes('node_'))).toEqual([]);
  });

  it('is compressed for who takes it', async () => {
    const { headers, body } = await raw('gzip');
    expect(headers.get('content-encoding')).toBe('gzip');
    expect(gunzipSync(body).toString()).toContain('container_cpu_usage_seconds_total{');
    expect((await raw('gzip;q=0')).headers.get('content-encoding')).toBeNull();
  });

  it('leaves out a node that is silent: its last values are not the latest ones', async () => {
    example.clock.advance(45_000);
    expect([...(await page()).keys()]).toEqual([]);
    example.clock.advance(-45_000);
  });

  /** fetch would decompress what it gets. */
  async function raw(encoding: string) {
    const { promise, resolve, reject } = Promise.withResolvers<{ headers: Headers; body: Buffer }>();
    const { get } = await import('node:http');
    const { url, cookie } = example.session;
    get(`${url}/api/v1/metrics`, { headers: { cookie, 'accept-encoding': encoding } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const entries = Object.entries(response.headers).map(([name, value]): [string, string] => [
          name,
          String(value),
        ]);
        resolve({ headers: new Headers(entries), body: Buffer.concat(chunks) });
      });
    }).on('error', reject);
    return promise;
  }
});
