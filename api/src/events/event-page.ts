import type { EventRecord } from '@docksnap/contract';
import * as z from 'zod';

const cursorSchema = z.tuple([z.int().min(0), z.string()]);

/** Newest first; of two at the same time the larger id. */
export function newestFirst(one: EventRecord, other: EventRecord): number {
  return other.atMs - one.atMs || (one.id < other.id ? 1 : -1);
}

/** A place between two events: those after it are older. */
export interface Cursor {
  readonly atMs: number;
  /** Empty: all events at that time are after it. */
  readonly id: string;
}

export function cursorOf({ atMs, id }: Cursor): string {
  return Buffer.from(JSON.stringify([atMs, id])).toString('base64url');
}

/** Undefined for what is no cursor. */
export function parseCursor(text: string): Cursor | undefined {
  try {
    const parsed = cursorSchema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))).data;
    return parsed === undefined ? undefined : { atMs: parsed[0], id: parsed[1] };
  } catch {
    return undefined;
  }
}

/** Whether an event is older than a cursor's. */
export function isAfter({ atMs, id }: EventRecord, cursor: Cursor): boolean {
  return atMs < cursor.atMs || (atMs === cursor.atMs && (cursor.id === '' || id < cursor.id));
}

/** Of a series what was known last. */
export function eachOnce(events: readonly EventRecord[]): readonly EventRecord[] {
  const byId = new Map<string, EventRecord>();
  for (const event of events) if ((byId.get(event.id)?.count ?? 0) < event.count) byId.set(event.id, event);
  return [...byId.values()];
}
