import type { EventRecord, EventsAnswer, EventsQuery, Scope } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { Problem } from '../problem/problem.ts';
import { windowMs, windowOf } from '../store/identifiers.ts';
import { StoreUnavailableError } from '../store/store.ts';
import { eventFilter } from './event-filter.ts';
import { type Cursor, cursorOf, eachOnce, isAfter, newestFirst, parseCursor } from './event-page.ts';
import { EventWindows, mostPerWindow } from './event-windows.ts';
import { RecentEvents } from './recent-events.ts';

const defaultMs = 24 * 3_600_000;
/** Windows that are read at the same time, and for one answer: a week of them. */
const concurrency = 24;
const mostWindows = 7 * 144;

interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

interface Read {
  readonly events: readonly EventRecord[];
  /** Why it is not all. */
  readonly reasons: readonly string[];
}

/** What happened, from memory and store together. */
@Injectable()
export class EventsService {
  constructor(
    private readonly windows: EventWindows,
    private readonly recent: RecentEvents,
    private readonly clock: Clock,
  ) {}

  /** Newest first, page by page. The scope is applied before anything is counted or cut. */
  async answer(scope: Scope, query: EventsQuery, signal: AbortSignal): Promise<EventsAnswer> {
    const range = this.rangeOf(query);
    const cursor = cursorIn(query.cursor, range.toMs);
    const isAsked = eventFilter(scope, query);
    const newest = windowOf(cursor.atMs);
    const oldest = Math.max(windowOf(range.fromMs), newest - mostWindows + 1);
    const items: EventRecord[] = [];
    const known = new Set<string>();
    const reasons = new Set<string>();
    for (let window = newest; window >= oldest && items.length <= query.limit; window -= concurrency) {
      signal.throwIfAborted();
      const read = await this.read(Math.max(oldest, window - concurrency + 1), window);
      for (const reason of read.reasons) reasons.add(reason);
      const wanted = read.events.filter((event) => isIn(event, range) && isAfter(event, cursor) && isAsked(event));
      // A series has left what was known of it then in earlier windows.
      items.push(...eachOnce(wanted.filter(({ id }) => !known.has(id))).toSorted(newestFirst));
      for (const { id } of wanted) known.add(id);
    }
    const isLookedThrough = oldest === windowOf(range.fromMs);
    return {
      ...range,
      items: items.slice(0, query.limit),
      next: nextOf(items, query.limit, isLookedThrough ? undefined : { atMs: oldest * windowMs, id: '' }),
      partial: reasons.size === 0 ? null : [...reasons].join('; '),
    };
  }

  private rangeOf({ from, to }: EventsQuery): Range {
    const toMs = to ?? this.clock.nowMs();
    const fromMs = from ?? Math.max(0, toMs - defaultMs);
    if (fromMs < toMs) return { fromMs, toMs };
    throw new Problem(422, 'invalid_query', `from ${fromMs} is not before to ${toMs}`, { parameter: 'from' });
  }

  /** Windows first to last, with what memory knows of them. */
  private async read(first: number, last: number): Promise<Read> {
    const inMemory = this.recent.all().filter(({ atMs }) => windowOf(atMs) >= first && windowOf(atMs) <= last);
    const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    try {
      const stored = await Promise.all(numbers.map(async (window) => this.windows.read(window)));
      const isFull = stored.some((window) => window.isFull);
      const reason = `more than ${mostPerWindow} events happened within ten minutes, of which those that came first are kept`;
      return { events: [...stored.flatMap(({ events }) => events), ...inMemory], reasons: isFull ? [reason] : [] };
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      return { events: inMemory, reasons: [error.message] };
    }
  }
}

function cursorIn(text: string | undefined, toMs: number): Cursor {
  const cursor = text === undefined ? { atMs: toMs, id: '' } : parseCursor(text);
  if (cursor !== undefined) return { ...cursor, atMs: Math.min(cursor.atMs, toMs) };
  throw new Problem(422, 'invalid_query', 'this cursor is none that an answer gave as next', { parameter: 'cursor' });
}

function isIn({ atMs }: EventRecord, { fromMs, toMs }: Range): boolean {
  return atMs > fromMs && atMs <= toMs;
}

/** Where the next page begins: after the last one shown, or where nothing was looked for yet. */
function nextOf(items: readonly EventRecord[], limit: number, rest: Cursor | undefined): string | null {
  const next = items.length > limit ? items[limit - 1] : rest;
  return next === undefined ? null : cursorOf(next);
}
