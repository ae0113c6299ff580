import { Injectable, Logger } from '@nestjs/common';
import { limits } from '@docksnap/contract';
import type { Principal } from '../access/principal.ts';
import { type Refusal, RefusedTokens } from '../access/read-tokens/refused-tokens.ts';
import { hashOf, isSecret } from '../access/read-tokens/token-text.ts';
import { Clock } from '../clock.ts';
import { Problem } from '../problem/problem.ts';
import { newJoinToken, parseJoinToken } from './join-token-text.ts';
import { MachineRegister } from './machine-register.ts';

const minuteMs = 60_000;

/** Tokens that let one machine join, once, within the hour. */
@Injectable()
export class JoinTokens {
  private readonly log = new Logger('JoinTokens');
  private readonly refused: RefusedTokens;

  constructor(
    private readonly register: MachineRegister,
    private readonly clock: Clock,
  ) {
    this.refused = new RefusedTokens(clock);
  }

  /** The one answer that holds the token. Rejects with 409 beyond the limit of tokens that are good at once. */
  async make(by: string, minutes: number): Promise<{ readonly token: string; readonly expiresAtMs: number }> {
    const nowMs = this.clock.nowMs();
    await this.makeRoom(nowMs);
    const { id, secret, text } = newJoinToken();
    const expiresAtMs = nowMs + minutes * minuteMs;
    await this.register.tokens.insert({ _id: id, hash: hashOf(secret), createdBy: by, expiresAtMs });
    this.log.log({ joinToken: id, by, minutes }, 'made');
    return { token: text, expiresAtMs };
  }

  /** Rejects with 401 for a token that is not good, 429 after too many of these from one address. */
  async authenticate(bearer: string, address: string): Promise<Extract<Principal, { kind: 'joiner' }>> {
    const retryAfterSeconds = this.refused.waitSeconds(address);
    if (retryAfterSeconds > 0) {
      const message = `too many join tokens from this address were not good; wait ${retryAfterSeconds} s and try again`;
      throw new Problem(429, 'too_many_requests', message, { retryAfterSeconds });
    }
    const text = parseJoinToken(bearer);
    if (text === undefined) throw this.refusal('malformed', address);
    const token = await this.register.tokens.find(text.id);
    if (token === undefined) throw this.refusal('unknown', address);
    if (!isSecret(text.secret, token.hash)) throw this.refusal('wrong', address);
    if (this.clock.nowMs() >= token.expiresAtMs) throw this.refusal('expired', address);
    return { kind: 'joiner', tokenId: token._id, invitedBy: token.createdBy };
  }

  /** Never says which part of the token was wrong. */
  private refusal(reason: Refusal, address: string): Problem {
    this.refused.count(reason, address);
    const message = 'the join token is not good: it has expired, was used, or is mistyped; make a new one';
    return new Problem(401, 'unauthenticated', message);
  }

  private async makeRoom(nowMs: number): Promise<void> {
    const tokens = await this.register.tokens.all();
    const good = tokens.filter(({ expiresAtMs }) => nowMs < expiresAtMs);
    for (const { _id, expiresAtMs } of tokens) if (nowMs >= expiresAtMs) await this.register.tokens.remove(_id);
    if (good.length < limits.joinTokens) return;
    const message = `${good.length} join tokens are good now, as many as may be; wait until some have expired`;
    throw new Problem(409, 'too_many_tokens', message);
  }
}
