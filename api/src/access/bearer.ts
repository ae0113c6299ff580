import type { FastifyRequest } from 'fastify';
import { Problem } from '../problem/problem.ts';
import { isReadToken } from './read-tokens/token-text.ts';

/** The token of `Authorization: Bearer …`, or undefined without one. */
export function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer +([^ ]+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

/** A token that Kubernetes may be asked about; throws 401 without one. A read token is none of its business. */
export function reviewable(request: FastifyRequest): string {
  const bearer = bearerOf(request);
  if (bearer === undefined) {
    throw new Problem(401, 'unauthenticated', 'this route needs a header "Authorization: Bearer <token>"');
  }
  if (isReadToken(bearer)) throw new Problem(401, 'unauthenticated', 'a read token is not good for this route');
  return bearer;
}
