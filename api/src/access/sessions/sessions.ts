import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Subject } from 'rxjs';
import { Clock } from '../../clock.ts';
import { StoreUnavailableError } from '../../store/store.ts';
import type { SessionDocument } from './session.schema.ts';
import { SessionRepository } from './session.repository.ts';

const minuteMs = 60_000;

export const sessionLimits = {
  idleMs: 12 * 60 * minuteMs,
  lifeMs: 7 * 24 * 60 * minuteMs,
  /** How long an answer of the database is believed: so long may a logout elsewhere take to be noticed. */
  believedMs: 5000,
  /** The same while the database is away: what is in memory stays readable to those who were logged in. */
  believedAloneMs: 15 * minuteMs,
  /** How exactly the last use is written down. */
  touchMs: minuteMs,
  /** Sessions remembered between requests. */
  remembered: 10_000,
} as const;

export interface Session {
  /** SHA-256 of the token; what logs and streams may know of it. */
  readonly id: string;
  readonly username: string;
}

/** Who is logged in. A token is 256 random bits, known to the browser alone. */
@Injectable()
export class Sessions {
  /** Ids of sessions that ended by logout on this replica. */
  readonly ended = new Subject<string>();
  private readonly seen = new Map<string, { readonly session: SessionDocument; readonly atMs: number }>();

  constructor(
    private readonly repository: SessionRepository,
    private readonly clock: Clock,
  ) {}

  /** Begins a session and returns its token. */
  async open(username: string): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    const nowMs = this.clock.nowMs();
    await this.repository.insert({ _id: idOf(token), username, createdMs: nowMs, lastUsedMs: nowMs });
    await this.repository.removeOlder(nowMs - sessionLimits.lifeMs, nowMs - sessionLimits.idleMs);
    return token;
  }

  /** The session of a token that is good now, or undefined. Counts as use, unless it is only looked after. */
  async find(token: string, use: 'use' | 'look' = 'use'): Promise<Session | undefined> {
    const id = idOf(token);
    const nowMs = this.clock.nowMs();
    const session = await this.read(id, nowMs);
    if (session === undefined || !isAlive(session, nowMs)) return undefined;
    if (use === 'use' && nowMs - session.lastUsedMs >= sessionLimits.touchMs) await this.touch(session, nowMs);
    return { id, username: session.username };
  }

  /** Ends the session of a token, if it has one. */
  async close(token: string): Promise<void> {
    const id = idOf(token);
    await this.repository.remove(id);
    this.seen.delete(id);
    this.ended.next(id);
  }

  private async read(id: string, nowMs: number): Promise<SessionDocument | undefined> {
    const seen = this.seen.get(id);
    if (seen !== undefined && nowMs - seen.atMs < sessionLimits.believedMs) return seen.session;
    try {
      const found = await this.repository.find(id);
      this.seen.delete(id);
      if (found !== undefined) this.remember(found, nowMs);
      return found;
    } catch (error) {
      const believed = seen !== undefined && nowMs - seen.atMs < sessionLimits.believedAloneMs;
      if (error instanceof StoreUnavailableError && believed) return seen.session;
      throw error;
    }
  }

  private async touch(session: SessionDocument, nowMs: number): Promise<void> {
    this.remember({ ...session, lastUsedMs: nowMs }, this.seen.get(session._id)?.atMs ?? nowMs);
    // A use that is not written down shortens the session at worst.
    await this.repository.touch(session._id, nowMs).catch(() => undefined);
  }

  private remember(session: SessionDocument, atMs: number): void {
    this.seen.set(session._id, { session, atMs });
    const oldest = this.seen.keys().next();
    if (this.seen.size > sessionLimits.remembered && oldest.done !== true) this.seen.delete(oldest.value);
  }
}

function isAlive(session: SessionDocument, nowMs: number): boolean {
  return nowMs - session.createdMs < sessionLimits.lifeMs && nowMs - session.lastUsedMs < sessionLimits.idleMs;
}

function idOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
