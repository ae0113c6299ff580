import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { KubeConfig } from '@kubernetes/client-node';
import { KubeConnection } from '../kube/connection.ts';
import { Credentials } from '../kube/credentials.ts';

/** One request of a list or a watch, and what a test does to it. */
export type Behaviour = (response: ServerResponse, query: URLSearchParams) => void;

/** An HTTP server that answers lists and watches as a test says, one behaviour after the other; the last one stays. */
export class ApiServer {
  readonly lists: Behaviour[] = [];
  readonly watches: Behaviour[] = [];
  /** The queries that were received. */
  readonly listed: URLSearchParams[] = [];
  readonly watched: URLSearchParams[] = [];
  readonly #server = createServer((request, response) => {
    this.#answer(request, response);
  });

  async start(): Promise<KubeConnection> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const config = new KubeConfig();
    config.loadFromClusterAndUser(
      { name: 'test', server: `http://127.0.0.1:${port}`, skipTLSVerify: true },
      { name: 'test' },
    );
    return new KubeConnection(new Credentials(config));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const query = new URL(request.url ?? '', 'http://127.0.0.1').searchParams;
    const isWatch = query.get('watch') === 'true';
    const behaviours = isWatch ? this.watches : this.lists;
    const seen = isWatch ? this.watched : this.listed;
    const behaviour = behaviours[Math.min(seen.length, behaviours.length - 1)];
    seen.push(query);
    behaviour?.(response, query);
  }
}

export interface Thing {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly resourceVersion: string };
}

export function thing(name: string, resourceVersion: number): Thing {
  return { metadata: { name, namespace: 'here', resourceVersion: String(resourceVersion) } };
}

export function page(resourceVersion: number, items: readonly unknown[], next?: string): Behaviour {
  return (response) => {
    const metadata = { resourceVersion: String(resourceVersion), ...(next !== undefined && { continue: next }) };
    response.end(JSON.stringify({ metadata, items }));
  };
}

export function refusal(code: number, reason = ''): Behaviour {
  return (response) => {
    response.writeHead(code).end(JSON.stringify({ kind: 'Status', code, reason, message: `refused with ${code}` }));
  };
}

/** Sends events, and then nothing more: the watch stays open. */
export function events(...all: readonly (readonly [type: string, object: unknown])[]): Behaviour {
  return (response) => {
    response.writeHead(200);
    response.flushHeaders();
    for (const [type, object] of all) response.write(`${JSON.stringify({ type, object })}\n`);
  };
}

/** Sends events and ends, as the API server does after some minutes. */
export function thenEnd(behaviour: Behaviour): Behaviour {
  return (response, query) => {
    behaviour(response, query);
    response.end();
  };
}

/** Sends events and cuts the connection in the middle of the next one. */
export function thenCut(behaviour: Behaviour): Behaviour {
  return (response, query) => {
    behaviour(response, query);
    response.write('{"type":"ADDED","obj', () => response.destroy());
  };
}
