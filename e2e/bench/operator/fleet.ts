import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import type { ControlPlane } from '../../control-plane/control-plane.ts';
import { credentialsIn } from '../../control-plane/kubeconfig.ts';

/** Objects that are made at once. */
const parallel = 24;
const callMs = 120_000;
const labels = {
  'kubernetes.io/os': 'linux',
  'kubernetes.io/arch': 'amd64',
  'node.kubernetes.io/instance-type': 'large',
};
const uids = z.object({ items: z.array(z.object({ metadata: z.object({ name: z.string(), uid: z.string() }) })) });

export interface NodeIdentity {
  readonly name: string;
  readonly uid: string;
}

/** Makes nodes and pods by the thousand, past kubectl, which is made for fewer. */
export class Fleet {
  readonly #server: string;
  readonly #agent: Agent;

  constructor(plane: ControlPlane) {
    this.#server = plane.server;
    const credentials = credentialsIn(readFileSync(plane.kubeconfig, 'utf8'));
    this.#agent = new Agent({ keepAlive: true, maxSockets: parallel, ...credentials });
  }

  /** Nodes number `from` to `to` - 1; two of them share a value of the label `pair`. */
  async addNodes(from: number, to: number): Promise<void> {
    await this.#each(from, to, '/api/v1/nodes', (index) => {
      const name = nameOf(index);
      const own = { ...labels, 'kubernetes.io/hostname': name, pair: String(Math.floor(index / 2)) };
      return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels: own } };
    });
  }

  /** So many pods of others, spread over the first nodes. */
  async addPods(count: number, nodes: number): Promise<void> {
    await this.#each(0, count, '/api/v1/namespaces/default/pods', (index) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `app-${index}`, labels: { 'app.kubernetes.io/name': `app-${index % 500}` } },
      spec: {
        nodeName: nameOf(index % nodes),
        automountServiceAccountToken: false,
        terminationGracePeriodSeconds: 0,
        containers: [{ name: 'app', image: 'registry.example.com/app:1' }],
      },
    }));
  }

  /** All nodes. */
  async nodes(): Promise<readonly NodeIdentity[]> {
    const { items } = uids.parse(JSON.parse(await this.#call('GET', '/api/v1/nodes')));
    return items.map(({ metadata }) => metadata);
  }

  close(): void {
    this.#agent.destroy();
  }

  async #each(from: number, to: number, path: string, objectOf: (index: number) => unknown): Promise<void> {
    let next = from;
    const worker = async (): Promise<void> => {
      for (let index = next++; index < to; index = next++) {
        await this.#call('POST', path, JSON.stringify(objectOf(index)));
      }
    };
    await Promise.all(Array.from({ length: parallel }, worker));
  }

  /** @returns the answer's text @throws Error unless it is a success */
  async #call(method: 'GET' | 'POST', path: string, body = ''): Promise<string> {
    const headers = { 'content-type': 'application/json' };
    const signal = AbortSignal.timeout(callMs);
    const call = request(`${this.#server}${path}`, { method, agent: this.#agent, headers, signal }).end(body);
    const [answer] = (await once(call, 'response')) as [IncomingMessage];
    const said = await text(answer);
    if (answer.statusCode === 200 || answer.statusCode === 201) return said;
    throw new Error(`${method} ${path} answered ${String(answer.statusCode)}: ${said.slice(0, 300)}`);
  }
}

function nameOf(index: number): string {
  return `node-${String(index).padStart(5, '0')}`;
}
