import type { EventRecord } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { Leases } from '../leases/leases.ts';
import { windowMs, windowOf } from '../store/identifiers.ts';
import { EventWindows } from './event-windows.ts';
import { RecentEvents } from './recent-events.ts';

/** How long events are kept. */
export const eventsKeptMs = 30 * 24 * 3_600_000;
/** Windows before the oldest kept one that are removed in each round: what a stop of hours has left goes as well. */
const removedAtOnce = 6;
const removeEveryMs = windowMs;
/** What happened so lately is offered again in each round, in case another writer undid it. */
const offeredAgainMs = 2 * windowMs;

/** Writes down what was noticed, in one replica at a time. */
@Injectable()
export class EventsWriter {
  private written: ReadonlySet<EventRecord> = new Set();
  private removedMs = -Infinity;

  constructor(
    private readonly leases: Leases,
    private readonly recent: RecentEvents,
    private readonly windows: EventWindows,
    private readonly clock: Clock,
  ) {}

  /** One round; whether this replica is the one that writes. Rejects with StoreUnavailableError. */
  async turn(): Promise<boolean> {
    if (!(await this.leases.hold('events'))) return false;
    const nowMs = this.clock.nowMs();
    const all = this.recent.all();
    await this.windows.add(all.filter((event) => event.atMs > nowMs - offeredAgainMs || !this.written.has(event)));
    this.written = new Set(all);
    if (nowMs - this.removedMs >= removeEveryMs) {
      const oldest = windowOf(nowMs - eventsKeptMs);
      for (let back = 1; back <= removedAtOnce; back += 1) await this.windows.remove(oldest - back);
      this.removedMs = nowMs;
    }
    return true;
  }
}
