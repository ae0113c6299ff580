import type { FastifyRequest } from 'fastify';
import { isJoinToken } from '../machines/join-token-text.ts';
import { Problem } from '../problem/problem.ts';
import { isReadToken } from './read-tokens/token-text.ts';

/** The token of `Authorization: Bearer …`, or undefined without one. */
export function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer +([^ ]+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

/** The same; throws 401 without one. */
export function bearerOrRefuse(request: FastifyRequest): string {
  const bearer = bearerOf(request);
  if (bearer !== undefined) return bearer;
  throw new Problem(401, 'unauthenticated', 'this route needs a header "Authorization: Bearer <token>"');
}

/** A token that Kubernetes may be asked about; throws 401 without one. Tokens of ours are none of its business. */
export function reviewable(request: FastifyRequest): string {
  const bearer = bearerOrRefuse(request);
  if (isReadToken(bearer)) throw new Problem(401, 'unauthenticated', 'a read token is not good for this route');
  if (isJoinToken(bearer)) throw new Problem(401, 'unauthenticated', 'a join token is good for joining alone');
  return bearer;
}
