import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { PersonScopes } from './person-scopes.ts';
import type { Principal } from './principal.ts';
import { sessionTokenOf } from './sessions/session-cookie.ts';
import { Sessions } from './sessions/sessions.ts';

/** Tells which person a request comes from, by its session cookie. */
@Injectable()
export class People {
  constructor(
    private readonly sessions: Sessions,
    private readonly scopes: PersonScopes,
  ) {}

  /** The person and what they may see, or undefined for a request without a session that is good now. */
  async find(request: FastifyRequest): Promise<Extract<Principal, { kind: 'person' }> | undefined> {
    const token = sessionTokenOf(request);
    const session = token === undefined ? undefined : await this.sessions.find(token);
    if (session === undefined) return undefined;
    const { username } = session;
    return { kind: 'person', username, scope: await this.scopes.scopeOf(username) };
  }
}
