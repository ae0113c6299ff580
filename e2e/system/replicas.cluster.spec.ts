import { connect } from 'node:tls';
import { once } from 'node:events';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ledgerAnswerSchema, nodeListSchema } from '@docksnap/contract';
import { ApiClient } from './support/api-client.ts';
import { type Forward, forwardTo } from './support/forward.ts';
import { kill, untilRestarted } from './support/kill.ts';
import { PushLoad } from './support/push-load.ts';
import {
  adminPassword,
  agentPodOn,
  agentToken,
  conditionOf,
  monitor,
  type Pod,
  podsOf,
  signedIn,
  untilAllReport,
} from './support/system.ts';
import { until } from './support/until.ts';

const node = 'node1';
const senders = 4;

let opened: Forward[] = [];

/** The replicas that serve, always in the same order. */
async function replicas(): Promise<Pod[]> {
  const pods = await podsOf('api');
  const serving = pods.filter(({ status }) => status.containerStatuses.some(({ ready }) => ready));
  return serving.sort((one, other) => (one.metadata.name < other.metadata.name ? -1 : 1));
}

async function portOf(pod: Pod, port: number): Promise<number> {
  const forward = await forwardTo(pod.metadata.name, port);
  opened.push(forward);
  return forward.port;
}

async function originOf(pod: Pod): Promise<string> {
  return `http://127.0.0.1:${await portOf(pod, 8080)}`;
}

async function nodeId(client: ApiClient): Promise<string> {
  const { items } = await client.get('/api/v1/nodes', nodeListSchema);
  return items.find((one) => one.name === node)?.id ?? '';
}

/** The fingerprint of the certificate that a replica shows. */
async function certificateOf(pod: Pod): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port: await portOf(pod, 8443), rejectUnauthorized: false });
  await once(socket, 'secureConnect', { signal: AbortSignal.timeout(15_000) });
  const { fingerprint256 } = socket.getPeerCertificate();
  socket.destroy();
  return fingerprint256;
}

beforeAll(async () => {
  await untilAllReport();
}, 240_000);

afterEach(() => {
  for (const forward of opened) forward.stop();
  opened = [];
});

describe('two APIs', () => {
  it('have one certificate, one password, one session and one memory', async () => {
    const [one, other] = await replicas();
    if (one === undefined || other === undefined) throw new Error('there are not two APIs');
    expect(await certificateOf(one)).toBe(await certificateOf(other));
    const [first, second] = [new ApiClient(await originOf(one)), new ApiClient(await originOf(other))];
    const password = await adminPassword();
    expect([await first.login('admin', password), await second.login('admin', password)]).toEqual([204, 204]);
    const elsewhere = new ApiClient(second.origin, first.cookie);
    await until('both with the same newest ticks', 60_000, async () => {
      const [here, there] = await Promise.all([first, elsewhere].map((to) => to.get('/api/v1/nodes', nodeListSchema)));
      const newest = (list: typeof here) => list?.items.map(({ name, state, lastTickMs }) => [name, state, lastTickMs]);
      return JSON.stringify(newest(here)) === JSON.stringify(newest(there));
    });
    expect((await first.send('POST', '/api/v1/auth/logout')).status).toBe(204);
    await until('the session ended at both', 15_000, async () => {
      return (await elsewhere.send('GET', '/api/v1/nodes')).status === 401;
    });
  }, 120_000);

  it.each([0, 1])(
    'lose nothing that either acknowledged when number %i is killed under load, and console and operator go on',
    async (index) => {
      const pods = await replicas();
      const [killed, other] = [pods[index], pods[1 - index]];
      if (killed === undefined || other === undefined) throw new Error('there are not two APIs');
      const client = await signedIn();
      const token = await agentToken({ pod: await agentPodOn(node), audience: 'docksnap-ingest' });
      const load = new PushLoad(token, await Promise.all(pods.map(originOf)), senders);
      await until('load on both', 60_000, () => Promise.resolve(load.acknowledged > 20 * senders));
      expect(load.refused).toBe(0);

      const before = load.acknowledged;
      await kill(killed);
      const console = until('the console with the same session', 60_000, () => nodeId(client));
      await until('load on the other', 60_000, () => Promise.resolve(load.acknowledged > before + 20 * senders));
      await untilRestarted('api', killed);
      const acknowledged = await load.stop();
      const id = await console;
      expect(load.refused).toBeGreaterThan(0);
      expect(conditionOf(await monitor(), 'Ready')?.status).toBe('True');

      for (const pod of await replicas()) {
        const reader = new ApiClient(await originOf(pod), client.cookie);
        const path = `/api/v1/nodes/${id}/ledger?from=${Date.now() - 1_200_000}`;
        await until('all that was acknowledged', 60_000, async () => {
          const { epochs } = await reader.get(path, ledgerAnswerSchema);
          const stored = new Map(epochs.map((epoch) => [epoch.epoch, epoch]));
          return [...acknowledged].every(([epoch, count]) => {
            const found = stored.get(epoch);
            return found?.firstSeq === 1 && found.lastSeq >= count && found.missing.length === 0;
          });
        });
      }
      await untilAllReport();
    },
    400_000,
  );
});
