import { Injectable, Logger } from '@nestjs/common';
import { limits, type MadeReadToken, type NewReadToken, type ReadToken, type Scope } from '@docksnap/contract';
import { Clock } from '../../clock.ts';
import { Problem } from '../../problem/problem.ts';
import type { Principal } from '../principal.ts';
import { sees } from '../scope.ts';
import { ReadTokenGate } from './read-token-gate.ts';
import { ReadTokenRepository } from './read-token.repository.ts';
import type { ReadTokenDocument } from './read-token.schema.ts';
import { hashOf, newTokenText, written } from './token-text.ts';

const dayMs = 86_400_000;
/** An expired token stays in the list for this long, so that its owner finds out why a script stopped. */
const keptExpiredMs = 30 * dayMs;

type Person = Extract<Principal, { kind: 'person' }>;

/** Makes, lists and revokes read tokens, and writes down who did. */
@Injectable()
export class ReadTokens {
  private readonly log = new Logger('ReadTokens');

  constructor(
    private readonly repository: ReadTokenRepository,
    private readonly gate: ReadTokenGate,
    private readonly clock: Clock,
  ) {}

  /** The one answer that holds the token. Rejects with 403 beyond the person's scope, 409 beyond the limit. */
  async make(person: Person, { name, namespaces, expiresInDays }: NewReadToken): Promise<MadeReadToken> {
    refuseUnseen(person.scope, namespaces ?? []);
    const nowMs = this.clock.nowMs();
    await this.makeRoom(person.username, nowMs);
    const text = newTokenText();
    const token: ReadTokenDocument = {
      _id: text.id,
      hash: hashOf(text.secret),
      name,
      namespaces: namespaces ?? null,
      createdBy: person.username,
      createdAtMs: nowMs,
      expiresAtMs: nowMs + expiresInDays * dayMs,
    };
    await this.repository.insert(token);
    this.log.log(
      { readToken: text.id, name, by: person.username, namespaces: namespaces ?? 'all', expiresInDays },
      'made',
    );
    return { ...shown(token), token: written(text) };
  }

  /** A person's own; everybody's for those who may see everything. */
  async list(person: Person): Promise<readonly ReadToken[]> {
    const tokens = (await this.repository.all()).filter((token) => isOf(token, person));
    return tokens.map(shown).sort((one, other) => other.createdAtMs - one.createdAtMs || (one.id < other.id ? -1 : 1));
  }

  /** Rejects with 404 for a token that is not there, or not the person's to revoke. */
  async revoke(person: Person, id: string): Promise<void> {
    const token = await this.repository.find(id);
    if (token === undefined || !isOf(token, person)) {
      throw new Problem(404, 'not_found', `there is no read token ${id} of yours; see GET /api/v1/read-tokens`);
    }
    await this.repository.remove(id);
    this.gate.forget(id);
    this.log.log({ readToken: id, name: token.name, by: person.username }, 'revoked');
  }

  private async makeRoom(username: string, nowMs: number): Promise<void> {
    const tokens = await this.repository.all();
    const old = tokens.filter(({ expiresAtMs }) => nowMs >= expiresAtMs + keptExpiredMs);
    for (const { _id } of old) await this.repository.remove(_id);
    const own = tokens.filter(({ createdBy, expiresAtMs }) => createdBy === username && nowMs < expiresAtMs);
    if (own.length < limits.readTokensPerPerson) return;
    const message = `you have ${own.length} read tokens, as many as one person may; revoke one`;
    throw new Problem(409, 'too_many_tokens', message);
  }
}

function refuseUnseen(scope: Scope, namespaces: readonly string[]): void {
  const unseen = namespaces.filter((namespace) => !sees(scope, namespace));
  if (unseen.length === 0) return;
  const message = `you may not see ${unseen.join(', ')}, so a token of yours cannot either; name namespaces of yours`;
  throw new Problem(403, 'forbidden', message, { parameter: 'namespaces' });
}

function isOf({ createdBy }: ReadTokenDocument, { username, scope }: Person): boolean {
  return scope.kind === 'all' || createdBy === username;
}

function shown({ _id, name, namespaces, createdBy, createdAtMs, expiresAtMs }: ReadTokenDocument): ReadToken {
  const scope: Scope = namespaces === null ? { kind: 'all' } : { kind: 'namespaces', namespaces };
  return { id: _id, name, scope, createdBy, createdAtMs, expiresAtMs };
}
