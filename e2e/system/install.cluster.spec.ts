import { beforeAll, describe, expect, it } from '@jest/globals';
import { containerListSchema, nodeDetailSchema, nodeListSchema, workloadListSchema } from '@docksnap/contract';
import * as z from 'zod';
import type { ApiClient } from './support/api-client.ts';
import {
  cluster,
  conditionOf,
  kubectl,
  kubectlJson,
  monitor,
  namespace,
  podsOf,
  signedIn,
  untilAllReport,
} from './support/system.ts';
import { until } from './support/until.ts';

describe('the packaged chart, installed', () => {
  beforeAll(async () => {
    await untilAllReport();
  }, 240_000);

  it('is a deployed release of the packaged chart', async () => {
    const releases = z.array(z.object({ name: z.string(), status: z.string(), chart: z.string() }));
    const list = releases.parse(JSON.parse(await cluster().helm(['list', '-n', namespace, '-o', 'json'])));
    expect(list).toEqual([expect.objectContaining({ name: 'docksnap', status: 'deployed', chart: 'docksnap-0.1.0' })]);
  });

  it('runs where only restricted pods are allowed', async () => {
    const label = 'pod-security\\.kubernetes\\.io/enforce';
    expect(await kubectl('get', 'namespace', namespace, '-o', `jsonpath={.metadata.labels.${label}}`)).toBe(
      'restricted',
    );
    for (const component of ['agent', 'api', 'operator', 'database']) {
      const pods = await podsOf(component);
      expect(pods.length).toBeGreaterThan(0);
      expect(pods.flatMap((pod) => pod.status.containerStatuses.map((one) => one.ready))).not.toContain(false);
    }
  });

  it('passes its own test', async () => {
    expect(await cluster().helm(['test', 'docksnap', '-n', namespace], { timeoutMs: 180_000 })).toContain('Succeeded');
  }, 200_000);

  it('says in the monitor that every node reports', async () => {
    const { metadata, status } = await monitor();
    expect(status.observedGeneration).toBe(metadata.generation);
    expect(status.nodes).toEqual({ desired: 2, ready: 2, updated: 2, reporting: 2 });
    expect(status.unhealthyNodes).toEqual([]);
    for (const type of ['Accepted', 'Reconciled', 'Available', 'DataFlowing', 'Ready']) {
      expect([type, conditionOf({ metadata, status }, type)?.status]).toEqual([type, 'True']);
    }
  });

  it('gives agents no right but to read their kubelets', async () => {
    const rules = z.object({ rules: z.array(z.unknown()) });
    const role = await kubectlJson(rules, 'get', 'clusterrole', 'docksnap:docksnap:agent');
    expect(role.rules).toEqual([
      { apiGroups: [''], resources: ['nodes/metrics', 'nodes/stats', 'nodes/pods'], verbs: ['get'] },
    ]);
  });

  it("refuses the trial database to a client without its authority's certificate", async () => {
    const probe = [
      "const socket = require('tls').connect({ host: 'docksnap-database', port: 27017, rejectUnauthorized: false });",
      "socket.on('secureConnect', () => socket.write(Buffer.alloc(16)));",
      "socket.on('data', () => { console.log('answered'); process.exit(0); });",
      "socket.on('error', (error) => { console.log('refused', error.code); process.exit(0); });",
      "socket.on('close', () => { console.log('refused'); process.exit(0); });",
      "setTimeout(() => { console.log('silent'); process.exit(0); }, 5000);",
    ].join('\n');
    const said = await kubectl('exec', '-n', namespace, 'deploy/docksnap-api', '--', '/bin/node', '-e', probe);
    expect(said).toContain('refused');
  });
});

describe('what the API tells', () => {
  let client: ApiClient;

  beforeAll(async () => {
    client = await signedIn();
  });

  it('both nodes report, with what their machines are', async () => {
    const { items } = await client.get('/api/v1/nodes', nodeListSchema);
    expect(items.map((node) => [node.name, node.state, node.ready]).sort()).toEqual([
      ['node1', 'reporting', 'True'],
      ['node2', 'reporting', 'True'],
    ]);
    for (const node of items) {
      const detail = await client.get(`/api/v1/nodes/${node.id}`, nodeDetailSchema);
      expect(detail.systemUuid).toMatch(/^[0-9a-f-]{32,36}$/i);
      expect(detail.cores).toBeGreaterThan(0);
      expect(detail.memoryBytes).toBeGreaterThan(1e9);
      expect(detail.agent?.kubeletTrust).toBe('ClusterCA');
    }
  });

  it.each([
    [
      'the throttled container',
      'throttled',
      (one: { throttledRatio: number | null }) => (one.throttledRatio ?? 0) > 0.1,
    ],
    ['the leaking container', 'leaking', (one: { workingSetBytes: number | null }) => (one.workingSetBytes ?? 0) > 0],
    ['the crash loop', 'crashing', (one: { restarts: number }) => one.restarts > 0],
    ['the web server', 'web', (one: { cpuCores: number | null }) => (one.cpuCores ?? 0) > 0],
  ])(
    'knows %s',
    async (_sentence, workload, isKnown) => {
      await until(workload, 120_000, async () => {
        const { items } = await client.get(`/api/v1/containers?workload=${workload}`, containerListSchema);
        return items.some(isKnown);
      });
    },
    130_000,
  );

  it('names workloads by their controllers', async () => {
    const { items } = await client.get('/api/v1/workloads', workloadListSchema);
    expect(items.map((one) => `${one.namespace}/${one.kind}/${one.name}`)).toEqual(
      expect.arrayContaining(['shop/Deployment/web', 'batch/Deployment/steady', 'docksnap/DaemonSet/docksnap-agent']),
    );
  });

  it.each([
    ['an unknown node', '/api/v1/nodes/0000000000000000', 404],
    ['an unknown container', '/api/v1/containers/0000000000000000~x~y', 404],
    ['an unknown route', '/api/v1/nothing', 404],
    ['a range that ends before it begins', '/api/v1/series?node=x&from=2000&to=1000', 422],
    ['an unknown metric', '/api/v1/series?node=x&metrics=cpu', 422],
    ['two things at once', '/api/v1/series?node=x&container=y', 422],
    ['more points than can be', '/api/v1/series?node=x&from=0&to=100000000&stepSeconds=1', 422],
  ])('answers %s in words', async (_sentence, path, status) => {
    const answer = await client.send('GET', path);
    expect([answer.status, await answer.json()]).toEqual([
      status,
      expect.objectContaining({ message: expect.any(String) }),
    ]);
  });
});
