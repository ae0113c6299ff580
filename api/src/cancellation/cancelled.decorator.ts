import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Problem } from '../problem/problem.ts';

/** A signal that is aborted when whoever asked has gone, so that nobody works on an answer that nobody reads. */
export const Cancelled = createParamDecorator((_: unknown, context: ExecutionContext): AbortSignal => {
  const { raw } = context.switchToHttp().getResponse<FastifyReply>();
  const controller = new AbortController();
  const end = (): void => {
    controller.abort(new Problem(499, 'cancelled', 'the request was closed before its answer was there'));
  };
  if (raw.destroyed) end();
  else raw.once('close', end);
  return controller.signal;
});
