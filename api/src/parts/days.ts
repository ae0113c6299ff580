import { Injectable } from '@nestjs/common';
import { Collections, type DocumentSet, type Identified } from '../store/collections.ts';
import { windowMs } from '../store/identifiers.ts';

const windowsPerDay = (24 * 60 * 60 * 1000) / windowMs;
/** Days known to be there, over all nodes; beyond this the oldest is asked for again. */
const mostKnown = 100_000;

/** `n/day` → that node has parts in windows of that UTC day. Inserted once, before the day's first part. */
type DayDocument = Identified;

/** The days of which a node has parts: readers need not look for windows of others, and retention finds the oldest. */
@Injectable()
export class Days {
  private readonly documents: DocumentSet<DayDocument>;
  private readonly known = new Set<string>();

  constructor(collections: Collections) {
    this.documents = collections.of('days');
  }

  /**
   * Makes sure that a window's parts are found. Call it before they are inserted. The database is asked each time:
   * another replica may have closed a day that is known here.
   */
  async open(nodeId: string, window: number): Promise<void> {
    const _id = dayId(nodeId, dayOf(window));
    await this.documents.insert({ _id });
    this.remember(_id);
  }

  /** Of these windows those that may have parts. */
  async among(nodeId: string, windows: readonly number[]): Promise<readonly number[]> {
    const days = [...new Set(windows.map(dayOf))];
    const there = new Set<number>();
    await Promise.all(
      days.map(async (day) => {
        if (await this.has(dayId(nodeId, day))) there.add(day);
      }),
    );
    return windows.filter((window) => there.has(dayOf(window)));
  }

  /** Every day of every node: a few thousand for a week of 500 nodes. */
  async all(): Promise<readonly { readonly nodeId: string; readonly day: number }[]> {
    return (await this.documents.all()).map(({ _id }) => {
      const [nodeId = '', day = ''] = _id.split('/');
      return { nodeId, day: Number(day) };
    });
  }

  /** Says that no part of that day is left. */
  async close(nodeId: string, day: number): Promise<void> {
    const _id = dayId(nodeId, day);
    this.known.delete(_id);
    await this.documents.remove(_id);
  }

  private async has(id: string): Promise<boolean> {
    if (this.known.has(id)) return true;
    if ((await this.documents.find(id)) === undefined) return false;
    this.remember(id);
    return true;
  }

  private remember(id: string): void {
    this.known.add(id);
    if (this.known.size <= mostKnown) return;
    for (const oldest of this.known) {
      this.known.delete(oldest);
      return;
    }
  }
}

/** The number of the UTC day that a window lies in: whole days since 1970. */
export function dayOf(window: number): number {
  return Math.floor(window / windowsPerDay);
}

/** The windows of a day. */
export function windowsOfDay(day: number): readonly number[] {
  return Array.from({ length: windowsPerDay }, (_, index) => day * windowsPerDay + index);
}

function dayId(nodeId: string, day: number): string {
  return `${nodeId}/${day}`;
}
