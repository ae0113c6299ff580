import { Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Asked all the time; only their failures are worth a line. */
const frequent = new Set([
  '/healthz',
  '/readyz',
  '/api/v1/blocks',
  '/api/v1/processes',
  '/api/v1/reporting',
  '/api/v1/metrics',
]);

/** How loudly an answer is logged, or null for not at all. */
export function loudness(path: string, status: number): 'error' | 'warn' | 'log' | null {
  if (status >= 500) return 'error';
  if (status >= 400) return 'warn';
  return frequent.has(path) ? null : 'log';
}

/** The path of a URL: queries may hold what is none of the log's business. */
export function pathOf(url: string): string {
  const [path = ''] = url.split('?', 1);
  return path;
}

const log = new Logger('Http');

/** One line per answer: no header, so no token and no cookie. */
export function logAnswer(request: FastifyRequest, reply: FastifyReply): void {
  const path = pathOf(request.url);
  const level = loudness(path, reply.statusCode);
  if (level === null) return;
  const { id: requestId, method } = request;
  log[level]({ requestId, method, path, status: reply.statusCode, elapsedMs: Math.round(reply.elapsedTime) });
}
