import type { EventRecord } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';

const keptMs = 3_600_000;
const mostKept = 20_000;

/** What this replica noticed in the last hour, whether or not it is stored already. */
@Injectable()
export class RecentEvents {
  private byId: ReadonlyMap<string, EventRecord> = new Map();

  all(): Iterable<EventRecord> {
    return this.byId.values();
  }

  /** Takes what is new; of a series what is newer. */
  take(events: readonly EventRecord[]): void {
    if (events.length === 0) return;
    const byId = new Map(this.byId);
    for (const event of events) if ((byId.get(event.id)?.count ?? 0) <= event.count) byId.set(event.id, event);
    this.byId = byId;
  }

  forget(nowMs: number): void {
    const kept = [...this.byId].filter(([, { atMs }]) => atMs > nowMs - keptMs);
    if (kept.length !== this.byId.size || kept.length > mostKept) this.byId = new Map(kept.slice(-mostKept));
  }
}
