import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './metrics.ts';

const requestMs = 5000;
const mostConnections = 32;

interface Options {
  readonly listen: { readonly address: string; readonly port: number };
  /** False when work no longer gets done: the kubelet shall start this process anew. */
  readonly healthy: () => boolean;
  readonly ready: () => boolean;
  readonly metrics: Pick<Metrics, 'render' | 'contentType'>;
}

/** Serves /healthz, /readyz (200 or 503) and /metrics. */
export async function startHealthServer(options: Options): Promise<{ port: number; close: () => Promise<void> }> {
  const { listen, healthy, ready, metrics } = options;
  const probe = (response: ServerResponse, isWell: boolean, complaint: string): void => {
    answer(response, isWell ? 200 : 503, isWell ? 'ok\n' : complaint);
  };
  const routes = new Map([
    [
      '/healthz',
      (response: ServerResponse) => {
        probe(response, healthy(), 'work has stalled\n');
      },
    ],
    [
      '/readyz',
      (response: ServerResponse) => {
        probe(response, ready(), 'not ready\n');
      },
    ],
    ['/metrics', (response: ServerResponse) => void answerMetrics(response, metrics)],
  ]);
  const server = createServer({ requestTimeout: requestMs, headersTimeout: requestMs }, (request, response) => {
    request.resume();
    const serve = request.method === 'GET' ? routes.get(request.url ?? '') : undefined;
    if (serve === undefined) answer(response, 404, 'GET /healthz, /readyz or /metrics\n');
    else serve(response);
  });
  server.maxConnections = mostConnections;
  server.listen(listen.port, listen.address);
  await once(server, 'listening');
  return {
    port: portOf(server.address()),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function answer(response: ServerResponse, status: number, body: string, type = 'text/plain'): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}

async function answerMetrics(response: ServerResponse, metrics: Options['metrics']): Promise<void> {
  try {
    answer(response, 200, await metrics.render(), metrics.contentType);
  } catch (error) {
    answer(response, 500, `the metrics could not be collected: ${String(error)}\n`);
  }
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}
