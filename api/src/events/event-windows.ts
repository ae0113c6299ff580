import type { EventRecord } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { Collections, type DocumentSet, type Identified } from '../store/collections.ts';
import { windowOf } from '../store/identifiers.ts';

/** Events of one window that are kept at most: those that came first. */
export const mostPerWindow = 2000;

/** `window` (ten minutes) → the events that happened last in it. Replaced by the replica that holds the lease. */
interface WindowDocument extends Identified {
  readonly events: readonly EventRecord[];
  /** There was no room for some. */
  readonly isFull: boolean;
}

export type EventWindow = Omit<WindowDocument, '_id'>;

const nothing: EventWindow = { events: [], isFull: false };

/** Events as they are stored: a document for each ten minutes. */
@Injectable()
export class EventWindows {
  private readonly documents: DocumentSet<WindowDocument>;

  constructor(collections: Collections) {
    this.documents = collections.of('events');
  }

  async read(window: number): Promise<EventWindow> {
    return (await this.documents.find(String(window))) ?? nothing;
  }

  /**
   * Adds what is not there yet. Two that write at once may undo each other, and both come again with what is missing
   * as long as they remember it: for an hour. Rejects with StoreUnavailableError.
   */
  async add(events: readonly EventRecord[]): Promise<void> {
    for (const [window, some] of Map.groupBy(events, ({ atMs }) => windowOf(atMs))) {
      const before = await this.read(window);
      const merged = mergedWindow(before, some);
      if (merged !== before) await this.documents.replace([{ ...merged, _id: String(window) }]);
    }
  }

  async remove(window: number): Promise<void> {
    await this.documents.remove(String(window));
  }
}

/** A window with more events in it; the window itself where none of them is news. */
export function mergedWindow(window: EventWindow, events: readonly EventRecord[]): EventWindow {
  const byId = new Map(window.events.map((event) => [event.id, event]));
  const news = events.filter(({ id, count }) => (byId.get(id)?.count ?? 0) < count);
  const mayAdd = Math.max(0, mostPerWindow - byId.size);
  const added = news.filter(({ id }) => !byId.has(id));
  const isFull = window.isFull || added.length > mayAdd;
  const changed = news.filter(({ id }) => byId.has(id));
  if (changed.length === 0 && Math.min(added.length, mayAdd) === 0 && isFull === window.isFull) return window;
  for (const event of [...changed, ...added.slice(0, mayAdd)]) byId.set(event.id, event);
  return { events: [...byId.values()], isFull };
}
