import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Sessions } from '../access/sessions/sessions.ts';
import { Problem } from '../problem/problem.ts';

/** Streams that one session may hold open: every tab of a browser has one. */
export const streamsPerSession = 10;

/** Every open stream, and the session that it lives by. */
@Injectable()
export class OpenStreams implements BeforeApplicationShutdown {
  private readonly bySession = new Map<string, Set<AbortController>>();

  constructor(sessions: Sessions) {
    sessions.ended.subscribe((sessionId) => {
      this.end(sessionId);
    });
  }

  /** Counts one more; it must stop when the controller is aborted, and say so by `closed`. Throws 429. */
  opened(sessionId: string): AbortController {
    const open = this.bySession.get(sessionId) ?? new Set();
    if (open.size >= streamsPerSession) {
      const message = `this session has ${streamsPerSession} streams open, which is as many as it may; close one`;
      throw new Problem(429, 'too_many_streams', message);
    }
    const controller = new AbortController();
    this.bySession.set(sessionId, open.add(controller));
    return controller;
  }

  closed(sessionId: string, controller: AbortController): void {
    const open = this.bySession.get(sessionId);
    open?.delete(controller);
    if (open?.size === 0) this.bySession.delete(sessionId);
  }

  beforeApplicationShutdown(): void {
    for (const sessionId of this.bySession.keys()) this.end(sessionId);
  }

  private end(sessionId: string): void {
    for (const controller of this.bySession.get(sessionId) ?? []) controller.abort();
  }
}
