import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Readiness } from '../health/readiness.ts';
import { Metrics } from './metrics.ts';

/** Metrics and probes on a port of their own: plain http, nothing but numbers, no part of the application's routes. */
@Injectable()
export class MetricsServer implements OnApplicationShutdown {
  private readonly log = new Logger('Metrics');
  private readonly server: Server;

  constructor(
    private readonly metrics: Metrics,
    private readonly readiness: Readiness,
  ) {
    this.server = createServer({ requestTimeout: 10_000 }, (request, response) => {
      this.answer(request, response).catch((error: unknown) => {
        this.log.error({ err: error }, 'a request of the metrics port failed');
        response.destroy();
      });
    });
  }

  /** Returns the port, which the system chooses for 0. */
  async listen(port: number): Promise<number> {
    this.server.listen(port, '0.0.0.0');
    await once(this.server, 'listening');
    const address = this.server.address();
    return typeof address === 'object' && address !== null ? address.port : port;
  }

  onApplicationShutdown(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = ''] = (request.url ?? '').split('?', 1);
    switch (path) {
      case '/metrics':
        response.setHeader('content-type', this.metrics.registry.contentType);
        response.end(await this.metrics.registry.metrics());
        return;
      case '/healthz':
        response.end('ok\n');
        return;
      case '/readyz': {
        const reason = this.readiness.reasonAgainst();
        response.statusCode = reason === null ? 200 : 503;
        response.end(`${reason ?? 'ok'}\n`);
        return;
      }
      default:
        response.statusCode = 404;
        response.end('here are /metrics, /healthz and /readyz\n');
    }
  }
}
