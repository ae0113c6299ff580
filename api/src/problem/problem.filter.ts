import { type ErrorAnswer } from '@docksnap/contract';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { KubeUnavailableError } from '../kube/kube.ts';
import { StoreUnavailableError, TickConflictError } from '../store/store.ts';
import { Problem } from './problem.ts';

const codes: Readonly<Record<number, string>> = {
  400: 'malformed_request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  413: 'too_large',
  415: 'unsupported_media_type',
  422: 'invalid_query',
  429: 'too_many_requests',
  503: 'unavailable',
};

const retryAfterSeconds = 5;

/** Turns whatever was thrown into an answer of errorAnswerSchema; what is not meant for the caller is only logged. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('Problem');

  catch(thrown: unknown, context: ArgumentsHost): void {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const problem = asProblem(thrown);
    if (problem.getStatus() === 500) this.log.error({ err: thrown, requestId: request.id }, 'a request failed');
    if (reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    if (problem.details.retryAfterSeconds !== undefined) {
      void reply.header('retry-after', String(problem.details.retryAfterSeconds));
    }
    void reply.status(problem.getStatus()).type('application/json').send(answer(problem, request.id));
  }
}

function answer(problem: Problem, requestId: string): ErrorAnswer & Readonly<Record<string, unknown>> {
  const { parameter, place, members } = problem.details;
  return {
    statusCode: problem.getStatus(),
    code: problem.code,
    message: problem.message,
    ...(parameter === undefined ? {} : { parameter }),
    ...(place === undefined ? {} : { place }),
    requestId,
    ...members,
  };
}

function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof StoreUnavailableError) {
    return new Problem(503, 'database_unavailable', thrown.message, { retryAfterSeconds, cause: thrown });
  }
  if (thrown instanceof KubeUnavailableError) {
    return new Problem(503, 'kubernetes_unavailable', thrown.message, { retryAfterSeconds, cause: thrown });
  }
  if (thrown instanceof TickConflictError) return new Problem(409, 'conflict', thrown.message, { cause: thrown });
  if (thrown instanceof HttpException) return withStatus(thrown.getStatus(), thrown);
  return withStatus(statusOf(thrown), thrown);
}

/** Fastify's own refusals carry a statusCode. */
function statusOf(thrown: unknown): number {
  if (!(thrown instanceof Error) || !('statusCode' in thrown) || typeof thrown.statusCode !== 'number') return 500;
  return thrown.statusCode >= 400 && thrown.statusCode < 500 ? thrown.statusCode : 500;
}

function withStatus(status: number, thrown: unknown): Problem {
  if (status === 500 || !(thrown instanceof Error)) {
    return new Problem(500, 'internal', 'the request failed for a reason that was logged; say its requestId', {
      cause: thrown,
    });
  }
  return new Problem(status, codes[status] ?? 'refused', thrown.message, { cause: thrown });
}
