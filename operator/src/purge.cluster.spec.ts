import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { type ControlPlane, startControlPlane } from '../../e2e/control-plane/control-plane.ts';
import { OperatorProcess } from './testing/operator-process.ts';
import { until } from './testing/until.ts';

const namespace = 'docksnap';
const monitorSchema = z.object({
  metadata: z.object({ uid: z.string(), finalizers: z.array(z.string()).default([]) }),
  status: z.object({ conditions: z.array(z.object({ reason: z.string(), message: z.string() })) }).optional(),
});
const askedSchema = z.object({ monitorUid: z.string(), nodeUids: z.array(z.string()), goneNodes: z.boolean() });

/** A real API server; in place of the API one that says how far it is, as told. */
describe('a monitor with deletionPolicy Purge', () => {
  let plane: ControlPlane;
  let operator: OperatorProcess;
  let folder: string;
  let server: ReturnType<typeof createServer>;
  let env: Record<string, string>;
  let pending: number | undefined;
  const asked: z.infer<typeof askedSchema>[] = [];

  beforeAll(async () => {
    plane = await startControlPlane({ controllers: true });
    await plane.kubectl(['create', 'namespace', namespace]);
    await plane.apply({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'node1', labels: { pool: 'web' } } });
    server = createServer(await plane.loopbackCertificate(), (request, response) => {
      void text(request).then((body) => {
        if (request.method !== 'POST' || request.headers.authorization !== 'Bearer a-token') return response.end('{}');
        if (pending === undefined) return response.writeHead(503).end();
        asked.push(askedSchema.parse(JSON.parse(body)));
        return response.writeHead(202).end(JSON.stringify({ nodes: 1, pending }));
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    folder = mkdtempSync(join(tmpdir(), 'docksnap-operator-'));
    writeFileSync(join(folder, 'ca.crt'), plane.authority);
    writeFileSync(join(folder, 'token'), 'a-token');
    env = {
      KUBECONFIG: await plane.kubeconfigOf('first'),
      DOCKSNAP_API_URL: `https://127.0.0.1:${port}`,
      DOCKSNAP_API_CA_FILE: join(folder, 'ca.crt'),
      DOCKSNAP_OPERATOR_TOKEN_FILE: join(folder, 'token'),
    };
    operator = new OperatorProcess({ namespace, identity: 'first', env });
    await apply('goes', { deletionPolicy: 'Purge', agent: { nodeSelector: { pool: 'web' } } });
  }, 120_000);
  afterAll(async () => {
    await operator.end('SIGKILL');
    server.closeAllConnections();
    server.close();
    await plane.stop();
    rmSync(folder, { recursive: true });
  }, 60_000);

  async function apply(name: string, spec: object): Promise<void> {
    await plane.apply({ apiVersion: 'docksnap.io/v1', kind: 'DockSnapMonitor', metadata: { name, namespace }, spec });
  }
  async function monitor(name: string) {
    const found = await plane.kubectl(['get', 'dsm', name, '-n', namespace, '-o', 'json', '--ignore-not-found']);
    return found === '' ? undefined : monitorSchema.parse(JSON.parse(found));
  }
  const says = async (words: string) =>
    (await monitor('goes'))?.status?.conditions.find(
      ({ reason, message }) => reason === 'Purging' && message.includes(words),
    );

  it('has a finalizer, and no other has', async () => {
    await until('the finalizer', async () => (await monitor('goes'))?.metadata.finalizers.length === 1, 30_000);
    await apply('stays', { agent: { nodeSelector: { pool: 'none' } } });
    await until('its status', async () => (await monitor('stays'))?.status, 15_000);
    expect((await monitor('stays'))?.metadata.finalizers).toEqual([]);
  }, 60_000);

  it('loses it when the policy is Retain again', async () => {
    await apply('stays', { deletionPolicy: 'Purge', agent: { nodeSelector: { pool: 'none' } } });
    await until('the finalizer', async () => (await monitor('stays'))?.metadata.finalizers.length === 1, 15_000);
    await apply('stays', { deletionPolicy: 'Retain', agent: { nodeSelector: { pool: 'none' } } });
    await until('no finalizer', async () => (await monitor('stays'))?.metadata.finalizers.length === 0, 15_000);
  }, 40_000);

  it('waits for the API to be there, and says so', async () => {
    await plane.kubectl(['delete', 'dsm', 'goes', '-n', namespace, '--wait=false']);
    await until('Purging', () => says('it answered 503'), 60_000);
    const left = await plane.kubectl(['get', 'daemonset', 'goes-agent', '-n', namespace, '--ignore-not-found']);
    expect(left).toBe('');
  }, 90_000);

  it('waits for the API to be done, also with another operator', async () => {
    await operator.end('SIGTERM');
    pending = 1;
    operator = new OperatorProcess({ namespace, identity: 'second', env });
    await until('Purging', () => says('removes what is stored of 1 of 1 nodes'), 30_000);
    const uid = (await plane.kubectl(['get', 'node', 'node1', '-o', 'jsonpath={.metadata.uid}'])).trim();
    const monitorUid = (await monitor('goes'))?.metadata.uid;
    expect(asked.at(-1)).toEqual({ monitorUid, nodeUids: [uid], goneNodes: false });
  }, 60_000);

  it('is gone when that is done, and an event tells so', async () => {
    pending = 0;
    await until('the end', async () => (await monitor('goes')) === undefined, 30_000);
    const events = await plane.kubectl([
      'get',
      'events.events.k8s.io',
      '-n',
      namespace,
      '-o',
      'jsonpath={.items[*].reason}',
    ]);
    expect(events.split(' ')).toContain('Purged');
  }, 40_000);
});
