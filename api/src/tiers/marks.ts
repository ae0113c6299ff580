import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { Collections, type DocumentSet, type Identified } from '../store/collections.ts';
import { type DirtyPart, DirtyWindows } from './dirty-windows.ts';

/** `n/window/part` → that it is to be rolled up. Inserted once, removed when it was. */
interface MarkDocument extends Identified {
  readonly n: string;
  readonly window: number;
  readonly part: number;
  /** When it was marked, by the clock of the server that did. */
  readonly markedMs: number;
}

/** How many marks are removed at the same time. */
const together = 16;
/** A mark whose part does not come within this time will not come: whoever was to insert it has ended. */
const abandonedMs = 60 * 60_000;

/** Marks as documents. */
class Marks extends DirtyWindows {
  private readonly documents: DocumentSet<MarkDocument>;

  constructor(
    collections: Collections,
    name: string,
    private readonly clock: Clock,
  ) {
    super();
    this.documents = collections.of(name);
  }

  override async mark(nodeId: string, window: number, part: number): Promise<void> {
    const markedMs = this.clock.nowMs();
    await this.documents.insert({ _id: idOf({ nodeId, window, part }), n: nodeId, window, part, markedMs });
  }

  override async list(): Promise<readonly DirtyPart[]> {
    const found = await this.documents.all();
    return found.map(({ n, window, part, markedMs }) => ({ nodeId: n, window, part, markedMs }));
  }

  override async remove(parts: readonly DirtyPart[]): Promise<void> {
    for (let next = 0; next < parts.length; next += together) {
      await Promise.all(parts.slice(next, next + together).map((part) => this.documents.remove(idOf(part))));
    }
  }
}

/** Raw windows that are to be rolled up. */
@Injectable()
export class WindowMarks extends Marks {
  constructor(collections: Collections, clock: Clock) {
    super(collections, 'dirty', clock);
  }
}

/** Spans of five-minute sums that are to be rolled up, into hours and into sums by workload; a part is a revision. */
@Injectable()
export class SpanMarks extends Marks {
  constructor(collections: Collections, clock: Clock) {
    super(collections, 'dirty_spans', clock);
  }
}

/** Of a node's marks those that may go when so many parts of each window were read. */
export function settled(
  marks: readonly DirtyPart[],
  partsRead: ReadonlyMap<number, number>,
  nowMs: number,
): readonly DirtyPart[] {
  return marks.filter(
    ({ window, part, markedMs }) => part < (partsRead.get(window) ?? 0) || nowMs - markedMs > abandonedMs,
  );
}

function idOf({ nodeId, window, part }: Pick<DirtyPart, 'nodeId' | 'window' | 'part'>): string {
  return `${nodeId}/${window}/${part}`;
}
