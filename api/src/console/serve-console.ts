import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { pathOf } from '../http/request-log.ts';
import { missingConsole, withNonce } from './index-page.ts';

/** Files whose name holds a hash of their content never change. */
const hashed = /-[\w-]{8}\.(js|css|woff2?|svg|png)(\.br|\.gz)?$/;

/** Serves the console's build: files as they are, and its page for every path that no file and no route has. */
export async function serveConsole(app: NestFastifyApplication, folder: string): Promise<void> {
  const index = join(folder, 'index.html');
  const page = existsSync(index) ? readFileSync(index, 'utf8') : undefined;
  if (page !== undefined) {
    await app.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      index: false,
      globIgnore: ['**/index.html*'],
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        reply.header('cache-control', hashed.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  const fastify = app.getHttpAdapter().getInstance();
  fastify.get('/*', (request, reply) => {
    const path = pathOf(request.url);
    if (path.startsWith('/api/') || path.includes('.')) reply.callNotFound();
    else answer(reply, page);
  });
}

function answer(reply: FastifyReply, page: string | undefined): void {
  if (page === undefined) {
    void reply.status(404).type('text/plain; charset=utf-8').send(missingConsole);
    return;
  }
  const { html, policy } = withNonce(page);
  void reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-cache')
    .header('content-security-policy', policy)
    .send(html);
}
