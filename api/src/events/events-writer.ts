import type { EventRecord } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { Leases } from '../leases/leases.ts';
import { windowMs, windowOf } from '../store/identifiers.ts';
import { EventWindows } from './event-windows.ts';
import { RecentEvents } from './recent-events.ts';

/** How long events are kept. */
export const eventsKeptMs = 30 * 24 * 3_600_000;
/** Windows before the oldest kept one that are removed each time: those that have grown too old since the last. */
const removedAtOnce = 6;
/** Behind them a day of windows each time, and over again after so many: what a stop has left goes as well. */
const sweptAtOnce = 144;
const sweptWindows = 30 * 144;
const removeEveryMs = windowMs;
/** What happened so lately is offered again in each round, in case another writer undid it. */
const offeredAgainMs = 2 * windowMs;

/** Writes down what was noticed, in one replica at a time. */
@Injectable()
export class EventsWriter {
  private written: ReadonlySet<EventRecord> = new Set();
  private removedMs = -Infinity;
  private swept = 0;

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
      await this.removeOld(windowOf(nowMs - eventsKeptMs) - 1);
      this.removedMs = nowMs;
    }
    return true;
  }

  /** @param newest the newest window that is too old */
  private async removeOld(newest: number): Promise<void> {
    for (let back = 0; back < removedAtOnce; back += 1) await this.windows.remove(newest - back);
    const next = newest - removedAtOnce - this.swept;
    for (let back = 0; back < sweptAtOnce; back += 1) await this.windows.remove(next - back);
    this.swept = (this.swept + sweptAtOnce) % sweptWindows;
  }
}
