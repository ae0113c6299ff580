import type { EventRecord } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';

const keptMs = 3_600_000;
const mostKept = 20_000;

/** What this replica noticed in the last hour, whether or not it is stored already. */
@Injectable()
export class RecentEvents {
  private readonly byId = new Map<string, EventRecord>();

  all(): readonly EventRecord[] {
    return [...this.byId.values()];
  }

  /** Takes what is new; of a series what is newer. */
  take(events: readonly EventRecord[]): void {
    for (const event of events)
      if ((this.byId.get(event.id)?.count ?? 0) <= event.count) this.byId.set(event.id, event);
  }

  forget(nowMs: number): void {
    for (const [id, { atMs }] of this.byId) {
      if (atMs <= nowMs - keptMs || this.byId.size > mostKept) this.byId.delete(id);
    }
  }
}
