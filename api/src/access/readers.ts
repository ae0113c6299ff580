import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problem/problem.ts';
import { bearerOf } from './bearer.ts';
import { People } from './people.ts';
import type { Principal } from './principal.ts';
import { ReadTokenGate } from './read-tokens/read-token-gate.ts';
import { isReadToken } from './read-tokens/token-text.ts';

type Of<Kind extends Principal['kind']> = Extract<Principal, { kind: Kind }>;

/** Lets in who may read: people by their session, scripts by a read token. */
@Injectable()
export class Readers {
  constructor(
    private readonly people: People,
    private readonly tokens: ReadTokenGate,
  ) {}

  /** Rejects with 401. */
  async person(request: FastifyRequest): Promise<Of<'person'>> {
    const person = await this.people.find(request);
    if (person === undefined) throw new Problem(401, 'unauthenticated', 'you are not logged in; log in and try again');
    return person;
  }

  /** A read token that is shown counts alone: a session beside it does not make up for one that is not good. */
  async reader(request: FastifyRequest): Promise<Of<'person' | 'script'>> {
    const bearer = bearerOf(request);
    if (bearer !== undefined && isReadToken(bearer)) return this.tokens.authenticate(bearer, request.ip);
    return this.person(request);
  }
}
