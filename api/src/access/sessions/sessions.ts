import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Subject } from 'rxjs';
import { Clock } from '../../clock.ts';
import { Believed } from '../believed.ts';
import type { SessionDocument } from './session.schema.ts';
import { SessionRepository } from './session.repository.ts';

const minuteMs = 60_000;

export const sessionLimits = {
  idleMs: 12 * 60 * minuteMs,
  lifeMs: 7 * 24 * 60 * minuteMs,
  /** How exactly the last use is written down. */
  touchMs: minuteMs,
} as const;

export interface Session {
  /** SHA-256 of the token; what logs and streams may know of it. */
  readonly id: string;
  readonly username: string;
}

/** Who is logged in. A token is 256 random bits, known to the browser alone. */
@Injectable()
export class Sessions {
  /** Ids of sessions that ended on this replica, by logout or with all others of their name. */
  readonly ended = new Subject<string>();
  private readonly believed: Believed<SessionDocument>;

  constructor(
    private readonly repository: SessionRepository,
    private readonly clock: Clock,
  ) {
    this.believed = new Believed(async (id) => repository.find(id), clock);
  }

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
    const session = await this.believed.get(id);
    if (session === undefined || !isAlive(session, nowMs)) return undefined;
    if (use === 'use' && nowMs - session.lastUsedMs >= sessionLimits.touchMs) await this.touch(session, nowMs);
    return { id, username: session.username };
  }

  /** Ends the session of a token, if it has one. */
  async close(token: string): Promise<void> {
    await this.end(idOf(token));
  }

  /** Ends every session of a name; other replicas notice within `believedMs`. */
  async closeAll(username: string): Promise<void> {
    for (const id of await this.repository.idsOf(username)) await this.end(id);
  }

  private async end(id: string): Promise<void> {
    await this.repository.remove(id);
    this.believed.forget(id);
    this.ended.next(id);
  }

  private async touch(session: SessionDocument, nowMs: number): Promise<void> {
    this.believed.put({ ...session, lastUsedMs: nowMs });
    // A use that is not written down shortens the session at worst.
    await this.repository.touch(session._id, nowMs).catch(() => undefined);
  }
}

function isAlive(session: SessionDocument, nowMs: number): boolean {
  return nowMs - session.createdMs < sessionLimits.lifeMs && nowMs - session.lastUsedMs < sessionLimits.idleMs;
}

function idOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
