import { Injectable } from '@nestjs/common';
import type { Scope } from '@docksnap/contract';
import { Clock } from '../../clock.ts';
import { Problem } from '../../problem/problem.ts';
import { Believed } from '../believed.ts';
import { PersonScopes } from '../person-scopes.ts';
import type { Principal } from '../principal.ts';
import { narrowed } from '../scope.ts';
import { ReadTokenRepository } from './read-token.repository.ts';
import type { ReadTokenDocument } from './read-token.schema.ts';
import { type Refusal, RefusedTokens } from './refused-tokens.ts';
import { isSecret, parseTokenText } from './token-text.ts';

/** Lets in who shows a read token that is good now. A revocation is noticed within believedMs, on every replica. */
@Injectable()
export class ReadTokenGate {
  private readonly believed: Believed<ReadTokenDocument>;

  constructor(
    repository: ReadTokenRepository,
    private readonly scopes: PersonScopes,
    private readonly refused: RefusedTokens,
    private readonly clock: Clock,
  ) {
    this.believed = new Believed(async (id) => repository.find(id), clock);
  }

  /** Rejects with 401 for a token that is not good, 429 after too many of these; never says which of its parts was wrong. */
  async authenticate(bearer: string, address: string): Promise<Extract<Principal, { kind: 'script' }>> {
    const text = parseTokenText(bearer);
    if (text === undefined) throw this.refusal('malformed', address);
    if (!this.believed.has(text.id)) this.slowDown(address);
    const token = await this.believed.get(text.id);
    if (token === undefined) throw this.refusal('unknown', address);
    if (!isSecret(text.secret, token.hash)) throw this.refusal('wrong', address);
    if (this.clock.nowMs() >= token.expiresAtMs) throw this.refusal('expired', address);
    return { kind: 'script', tokenId: token._id, scope: await this.scopeOf(token) };
  }

  /** This replica revoked it. */
  forget(id: string): void {
    this.believed.forget(id);
  }

  /** Never more than its maker may see now. */
  private async scopeOf({ namespaces, createdBy }: ReadTokenDocument): Promise<Scope> {
    const own: Scope = namespaces === null ? { kind: 'all' } : { kind: 'namespaces', namespaces };
    return narrowed(own, await this.scopes.scopeOf(createdBy));
  }

  private slowDown(address: string): void {
    const retryAfterSeconds = this.refused.waitSeconds(address);
    if (retryAfterSeconds === 0) return;
    this.refused.count('too_many', address);
    const message = `too many read tokens from this address were not good; wait ${retryAfterSeconds} s and try again`;
    throw new Problem(429, 'too_many_requests', message, { retryAfterSeconds });
  }

  private refusal(reason: Refusal, address: string): Problem {
    this.refused.count(reason, address);
    const message = 'the read token is not good: it was revoked, has expired, or is mistyped; ask for a new one';
    return new Problem(401, 'unauthenticated', message);
  }
}
