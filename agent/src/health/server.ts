import type { Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { Problems } from '../problems.ts';
import type { Health } from './health.ts';

export interface HealthServerParts {
  readonly health: Health;
  readonly problems: Problems;
  readonly exposition: () => string;
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}

/** Serves /healthz and /readyz (200 or 503, with what is wrong) and /metrics: numbers and reasons, nothing secret. */
export function createHealthServer({ health, problems, exposition }: HealthServerParts): Server {
  const probe = (response: ServerResponse, isWell: boolean): void => {
    answer(response, isWell ? 200 : 503, 'application/json', JSON.stringify({ ok: isWell, problems: problems.list() }));
  };
  const routes = new Map([
    [
      '/healthz',
      (response: ServerResponse) => {
        probe(response, health.isAlive());
      },
    ],
    [
      '/readyz',
      (response: ServerResponse) => {
        probe(response, health.isReady());
      },
    ],
    [
      '/metrics',
      (response: ServerResponse) => {
        answer(response, 200, 'text/plain; version=0.0.4', exposition());
      },
    ],
  ]);
  const server = createServer({ requestTimeout: 5000, headersTimeout: 5000 }, (request, response) => {
    request.resume();
    const serve = request.method === 'GET' ? routes.get(request.url ?? '') : undefined;
    if (serve === undefined) answer(response, 404, 'text/plain', 'GET /healthz, /readyz or /metrics\n');
    else serve(response);
  });
  server.maxConnections = 32;
  return server;
}
