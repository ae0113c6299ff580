import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CoreV1Api, EventsV1Api } from '@kubernetes/client-node';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:https';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selfSigned } from '../../agent/src/testing/certificates.ts';
import { OperatorProcess } from './testing/operator-process.ts';
import { TestNamespace, kubeConfig } from './testing/test-cluster.ts';
import { until } from './testing/until.ts';

const core = kubeConfig.makeApiClient(CoreV1Api);
const certificate = selfSigned('docksnap-api', 'IP:127.0.0.1');
/** The operator asks each 10 s; its pods must be made, and fail, before that. */
const withinMs = 40_000;

describe('the operator, real nodes, and an API that says which of them is silent', () => {
  let namespace: TestNamespace;
  let operator: OperatorProcess;
  let server: Server;
  let folder: string;
  let nodes: { name: string; uid: string }[];
  /** By node: how long nothing was heard of it. */
  const silentMs = new Map<string, number>();

  beforeAll(async () => {
    namespace = await TestNamespace.make('data');
    await core.createNamespacedServiceAccount({
      namespace: namespace.name,
      body: { metadata: { name: 'docksnap-agent' } },
    });
    const { items } = await core.listNode();
    nodes = items.map(({ metadata }) => ({ name: metadata?.name ?? '', uid: metadata?.uid ?? '' }));
    server = createServer({ ...certificate }, (request, response) => {
      const isOperator = request.url === '/api/v1/reporting' && request.headers.authorization === 'Bearer a-token';
      response.writeHead(isOperator ? 200 : 401).end(JSON.stringify(answer()));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    folder = mkdtempSync(join(tmpdir(), 'docksnap-operator-'));
    writeFileSync(join(folder, 'ca.crt'), certificate.cert);
    writeFileSync(join(folder, 'token'), 'a-token');
    operator = new OperatorProcess({
      namespace: namespace.name,
      identity: 'only',
      env: {
        DOCKSNAP_API_URL: `https://127.0.0.1:${port}`,
        DOCKSNAP_API_CA_FILE: join(folder, 'ca.crt'),
        DOCKSNAP_OPERATOR_TOKEN_FILE: join(folder, 'token'),
      },
    });
    await namespace.monitor('watched', {});
  }, 30_000);
  afterAll(async () => {
    await operator.end('SIGTERM');
    await namespace.remove();
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });

  function answer() {
    const nowMs = Date.now();
    const common = { intervalMs: 10_000, backlogTicks: 0, agentVersion: '0.1.0', problems: [] };
    return {
      nowMs,
      nodes: nodes.map((node) => ({ ...node, ...common, lastReceivedMs: nowMs - (silentMs.get(node.name) ?? 0) })),
    };
  }
  const status = () => namespace.statusOf('watched');
  const isFlowing = async (): Promise<string | undefined> =>
    (await status()).conditions?.find(({ type }) => type === 'DataFlowing')?.status;
  async function untilEvent(reason: string): Promise<void> {
    const events = kubeConfig.makeApiClient(EventsV1Api);
    await until(reason, async () => {
      const { items } = await events.listNamespacedEvent({ namespace: namespace.name });
      return items.some((event) => event.reason === reason);
    });
  }

  it('sees that data of all nodes arrives', async () => {
    await until('data to flow', async () => (await isFlowing()) === 'True', withinMs);
    const now = await status();
    expect(now.nodes).toMatchObject({ desired: nodes.length, reporting: nodes.length });
    expect(now).toMatchObject({ version: '0.1.0', unhealthyNodes: [] });
  }, 50_000);

  it('is not ready all the same while the image of the agents cannot be had', async () => {
    const ready = await until(
      'ImagePullFailed',
      async () =>
        (await status()).conditions?.find(({ type, reason }) => type === 'Ready' && reason === 'ImagePullFailed'),
      withinMs,
    );
    expect(ready.status).toBe('False');
  }, 50_000);

  it('names a node that is silent for longer than 45 s, and tells so', async () => {
    const [silent] = nodes;
    silentMs.set(silent?.name ?? '', 50_000);
    const named = await until('a name', async () => (await status()).unhealthyNodes?.[0], withinMs);
    expect(named).toMatchObject({ name: silent?.name, reason: 'ImagePullFailed' });
    expect(await isFlowing()).toBe('True');
    await untilEvent('NodeSilent');
  }, 50_000);

  it('says that data no longer flows when that lasts for more than 75 s', async () => {
    silentMs.set(nodes[0]?.name ?? '', 80_000);
    await until('no flow', async () => (await isFlowing()) === 'False', withinMs);
    expect((await status()).nodes).toMatchObject({ reporting: nodes.length - 1 });
  }, 50_000);

  it('takes the name back when data arrives again', async () => {
    silentMs.clear();
    await until('data to flow', async () => (await isFlowing()) === 'True', withinMs);
    expect((await status()).unhealthyNodes).toEqual([]);
    await untilEvent('NodeRecovered');
  }, 50_000);
});
