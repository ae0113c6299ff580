import { limits, pushMediaType } from '@docksnap/contract';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { Metrics } from '../metrics/metrics.ts';
import { serveDescription } from '../openapi/open-api.ts';
import { refusedEncoding } from './body-encoding.ts';
import { ConnectionAges } from './connection-age.ts';
import { useJsonBodies } from './json-body.ts';
import type { Listeners } from './listeners.ts';
import { logAnswer, pathOf } from './request-log.ts';
import { securityHeaders } from './security-headers.ts';

const pushPath = '/api/v1/blocks';
/** Bodies of other routes are forms that people fill in. */
const bodyBytes = 64 * 1024;
const largerBodies: ReadonlyMap<string, number> = new Map([
  [pushPath, limits.pushBytes],
  ['/api/v1/processes', limits.processListBytes],
]);

/**
 * Fastify behind both doors. Addresses in headers are not believed: what is limited by address is limited by the
 * connection's.
 */
export function fastifyAdapter(listeners: Listeners): FastifyAdapter {
  return new FastifyAdapter({
    serverFactory: listeners.factory,
    trustProxy: false,
    bodyLimit: bodyBytes,
    forceCloseConnections: 'idle',
    genReqId: () => crypto.randomUUID(),
    routerOptions: { maxParamLength: 1024 },
  });
}

/** What holds for every route; called once, before the application is initialised. */
export function setUp(app: NestFastifyApplication, listeners: Listeners): void {
  app.useLogger(app.get(Logger));
  app.enableShutdownHooks();
  app.useBodyParser(pushMediaType, { bodyLimit: limits.pushBytes });
  useJsonBodies(app);
  const pushes = app.get(Metrics).pushes;
  const ages = new ConnectionAges();
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRoute', (route) => {
    const bodyLimit = largerBodies.get(route.url);
    if (bodyLimit !== undefined) route.bodyLimit = bodyLimit;
  });
  fastify.addHook('onRequest', (request, _, done) => {
    done(refusedEncoding(request.headers['content-encoding']));
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    logAnswer(request, reply);
    if (request.routeOptions.url === pushPath) pushes.answered(reply.statusCode, reply.elapsedTime);
    done();
  });
  fastify.addHook('preClose', (done) => {
    listeners.close();
    done();
  });
  fastify.addHook('onSend', (request, reply, _, done) => {
    const https = request.protocol === 'https';
    for (const [name, value] of Object.entries(securityHeaders(pathOf(request.url), https))) {
      if (!reply.hasHeader(name)) void reply.header(name, value);
    }
    if (https && ages.isOver(request.socket, Date.now())) void reply.header('connection', 'close');
    done();
  });
  serveDescription(app);
}
